import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { spoken } from '../language/spoken.ts';
import { t } from '../language/t.ts';
import type { SendOutcome_EntryFragment } from '../operations.generated.ts';
import { ADMINS } from '../session/admins.ts';
import { useMe } from '../session/me.ts';

type Props = { failure: NonNullable<SendOutcome_EntryFragment['failure']> };

/** A mail to those who can put it right, with what they need to know. */
export function TellAdmin({ failure: { code, message, next, details } }: Props) {
  const isAdmin = useMe().role === 'ADMIN';
  const { data } = useQuery(ADMINS, { skip: isAdmin });
  if (isAdmin || !data) return null;
  const to = data.admins.map(({ email }) => encodeURIComponent(email)).join(',');
  const subject = encodeURIComponent(spoken(message));
  const known = [spoken(message), spoken(next), `${t('Code')}: ${code}`, details, location.href];
  const body = encodeURIComponent(known.filter(Boolean).join('\n\n'));
  return (
    <Button component="a" size="sm" href={`mailto:${to}?subject=${subject}&body=${body}`}>
      {t('Tell an admin')}
    </Button>
  );
}
