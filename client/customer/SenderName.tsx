import { spacedNumber } from './phone-display.ts';

type Props = { sender: { name: string | null; phone: string | null } };

/** Who somebody on WhatsApp is to somebody who doesn't know them: their number, with what they call themselves. */
export function SenderName({ sender: { name, phone } }: Props) {
  const number = <bdi dir="ltr">{spacedNumber(phone)}</bdi>;
  if (!name) return number;
  // Each by itself: beside a name that is written from right to left, a number would be read backwards.
  return (
    <>
      <bdi>{name}</bdi>
      {phone && <> ({number})</>}
    </>
  );
}
