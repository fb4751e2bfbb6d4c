import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { countryOf } from './phone-lines.ts';

const historySchema = z.object({
  minutesAgo: z.number().positive(),
  from: z.enum(['customer', 'staff']),
  type: z.enum(['WHATSAPP', 'EMAIL', 'SMS', 'CALL', 'NOTE', 'MEETING']),
  text: z.string(),
  /** How long it was under way, where that was long. */
  arrivedMinutesLater: z.number().positive().optional(),
  /** Of what went by WhatsApp: its id, and which one it quotes or reacts to. */
  wamid: z.string().optional(),
  refersTo: z
    .object({ kind: z.enum(['REPLY', 'REACTION']), extMessageId: z.string(), text: z.string().optional() })
    .optional(),
});
export type HistoryItem = z.infer<typeof historySchema>;

export const personSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    organization: z.string().optional(),
    email: z.string().optional(),
    /** E.164 digits, as one dials it. Without one, WhatsApp tells the business only the user id. */
    phone: z
      .string()
      .regex(/^\d{7,15}$/, 'digits with country code, no plus')
      .optional(),
    /** Where WhatsApp writes the same line otherwise (Brazil, Mexico, Argentina). */
    waId: z
      .string()
      .regex(/^\d{7,15}$/)
      .optional(),
    userId: z
      .string()
      .regex(/^[A-Z]{2}\.[A-Za-z0-9.]{1,128}$/)
      .optional(),
    username: z.string().optional(),
    /** Whether the product of the demo has this person among its customers. */
    customer: z.boolean().optional(),
    history: z.array(historySchema).optional(),
  })
  .refine((person) => person.phone ?? person.userId, 'a person needs a phone number or a user id');

export type Person = z.infer<typeof personSchema>;

/** The demo's cast, as people.json has it. */
export async function readPeople(): Promise<Person[]> {
  return z.array(personSchema).parse(JSON.parse(await readFile(peopleFile, 'utf8')));
}

export const peopleFile = new URL('people.json', import.meta.url);

const givenNames = ['Anna', 'Petros', 'Zoe', 'Stavros', 'Irini', 'Makis', 'Daphne', 'Orestis', 'Lena', 'Thanos'];
const familyNames = [
  'Galani',
  'Vlachos',
  'Karra',
  'Mitsou',
  'Laskari',
  'Rigas',
  'Tsakiri',
  'Doukas',
  'Fotiou',
  'Melas',
];

/** Somebody nobody has heard of, with a Greek mobile number. */
export function makeUpPerson(): Person {
  const digits = Array.from({ length: 7 }, () => Math.floor(Math.random() * 10)).join('');
  return { name: `${pick(givenNames)} ${pick(familyNames)}`, phone: `30699${digits}` };
}

/** The business-scoped user id of a number: Meta's form, always the same for the same number. */
export function userIdOf(phone: string): string {
  const digits = (BigInt(phone) * 7_919_000_000_039n).toString().slice(-20).padStart(20, '1');
  return `${countryOf(phone)}.${digits}`;
}

function pick(names: string[]): string {
  return names[Math.floor(Math.random() * names.length)] as string;
}
