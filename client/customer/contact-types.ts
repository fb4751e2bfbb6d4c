import { IconBrandWhatsapp, IconMail, IconPhone, type TablerIcon } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { ContactType } from '../operations.generated.ts';

export const CONTACT_TYPES: readonly ContactType[] = ['WHATSAPP', 'PHONE', 'EMAIL'];

export const CONTACT_ICONS: Record<ContactType, TablerIcon> = {
  WHATSAPP: IconBrandWhatsapp,
  PHONE: IconPhone,
  EMAIL: IconMail,
};

export function contactTypeName(type: ContactType): string {
  switch (type) {
    case 'WHATSAPP':
      return 'WhatsApp';
    case 'PHONE':
      return t('Phone');
    case 'EMAIL':
      return t('E-mail');
  }
}
