import {
  IconBrandWhatsapp,
  IconCalendarEvent,
  IconDeviceMobileMessage,
  IconLock,
  IconMail,
  IconPhone,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Text } from '../language/t.ts';
import type { CommsType } from '../operations.generated.ts';

type Look = { label: Text; plural: Text; icon: TablerIcon };

/** How each kind of communication is named and drawn; its tints are in theme.css. */
export const LOOKS = {
  WHATSAPP: { label: 'WhatsApp', plural: 'WhatsApp', icon: IconBrandWhatsapp },
  EMAIL: { label: 'E-mail', plural: 'E-mail', icon: IconMail },
  SMS: { label: 'SMS', plural: 'SMS', icon: IconDeviceMobileMessage },
  CALL: { label: 'Call', plural: 'Calls', icon: IconPhone },
  NOTE: { label: 'Note', plural: 'Notes', icon: IconLock },
  MEETING: { label: 'Meeting', plural: 'Meetings', icon: IconCalendarEvent },
} as const satisfies Record<CommsType, Look>;

export const COMMS_TYPES = Object.keys(LOOKS) as CommsType[];

/** A type out of an address, where it is one. */
export function asCommsType(text: string | null | undefined): CommsType | undefined {
  return COMMS_TYPES.find((type) => type === text);
}
