import { setTimeout as pause } from 'node:timers/promises';
import { customerWith } from '../harness/customers.ts';
import { freshNumber } from '../harness/meta.ts';
import type { TestServer } from '../harness/server.ts';
import type { TestStaff } from '../harness/staff.ts';
import type { Chance } from './chance.ts';

/** What staff write to customers. */
export interface StaffTraffic {
  /** The entry that each idempotency key was answered with. */
  asked: Map<string, string>;
  /** No more; resolves once all that was begun is answered. */
  stop(): Promise<void>;
}

const CLIENTS = 8;
const RETRY_MS = 300;

/** Asks as a careful program does: again with the same key until there is an answer, now and then twice at once. */
export async function sendLikeStaff(
  program: () => TestServer,
  staff: TestStaff,
  chance: Chance,
): Promise<StaffTraffic> {
  const asked = new Map<string, string>();
  const recipients = await Promise.all(Array.from({ length: 12 }, () => newRecipient(staff)));
  let stopped = false;
  let sends = 0;
  const sending = Promise.all(Array.from({ length: CLIENTS }, send));
  return {
    asked,
    async stop() {
      stopped = true;
      await sending;
    },
  };

  async function send(): Promise<void> {
    while (!stopped) {
      sends += 1;
      const key = `send ${sends}`;
      const body = { ...chance.pick(recipients), message: key };
      const presses = chance.happens(0.2) ? 2 : 1;
      const ids = await Promise.all(Array.from({ length: presses }, () => askUntilAnswered(body, key)));
      if (new Set(ids).size > 1) throw new Error(`One key was answered with the entries ${ids}`);
      asked.set(key, ids[0] ?? '');
      await pause(chance.below(500));
    }
  }

  async function askUntilAnswered(body: object, key: string): Promise<string> {
    for (;;) {
      const answer = await ask(body, key).catch(() => undefined);
      if (answer?.status === 200) return ((await answer.json()) as { id: string }).id;
      if (answer && answer.status !== 503 && answer.status !== 429) {
        throw new Error(`A send got ${answer.status}: ${await answer.text()}`);
      }
      await pause(RETRY_MS);
    }
  }

  function ask(body: object, key: string): Promise<Response> {
    const { authorization } = staff;
    const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
    return fetch(`${program().url}/api/crm/whatsapp/send`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}

interface Recipient {
  customer_id: string;
  to_phone: string;
}

async function newRecipient(staff: TestStaff): Promise<Recipient> {
  const number = freshNumber();
  const { id } = await customerWith(staff, `Customer ${number}`, `+${number}`);
  return { customer_id: id, to_phone: `+${number}` };
}
