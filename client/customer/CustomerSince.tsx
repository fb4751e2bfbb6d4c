import { locale } from '../language/language.ts';

const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
const exactly = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });

export function CustomerSince({ at }: { at: string }) {
  const when = new Date(at);
  return (
    <time dateTime={at} title={exactly.format(when)}>
      {date.format(when)}
    </time>
  );
}
