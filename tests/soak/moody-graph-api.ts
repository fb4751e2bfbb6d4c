import { setTimeout as pause } from 'node:timers/promises';
import { freshWamid, statusWebhook } from '../harness/meta.ts';
import { type OwnCall, startGraphApi } from '../harness/own-graph-api.ts';
import type { Chance } from './chance.ts';

type Answer = 'accepted' | 'cut off' | 'broken' | 'none' | 'later' | 'never';
type Tick = 'sent' | 'delivered' | 'read' | 'failed';

/** One call for a message: what it was answered, and what the webhook told of it. */
export interface MoodyCall {
  answer: Answer;
  ticks: readonly Tick[];
}

/** A Graph API that answers as it pleases. */
export interface MoodyGraphApi extends AsyncDisposable {
  url: string;
  /** The calls for each entry, in their order. */
  calls: Map<string, MoodyCall[]>;
  /** From now on it accepts everything. Resolves once all that it had to tell is taken. */
  calmDown(): Promise<void>;
}

const ANSWERS: Answer[] = [
  ...Array.from({ length: 12 }, (): Answer => 'accepted'),
  'cut off',
  'cut off',
  'broken',
  'none',
  'later',
  'later',
  'never',
];
const TICKS: Tick[][] = [
  [],
  ['sent'],
  ['sent', 'delivered'],
  ['sent', 'delivered', 'read'],
  ['delivered', 'sent'],
  ['read'],
  ['delivered', 'delivered'],
  ['sent', 'failed'],
];

/** `tell` posts to the webhook, until it is taken. */
export async function startMoodyGraphApi(
  tell: (body: Record<string, unknown>) => Promise<void>,
  chance: Chance,
): Promise<MoodyGraphApi> {
  const api = await startGraphApi();
  const calls = new Map<string, MoodyCall[]>();
  const telling = new Set<Promise<void>>();
  let calm = false;
  api.respond((call) => {
    const answer = calm ? 'accepted' : chance.pick(ANSWERS);
    const ticks = answer === 'later' || answer === 'never' ? [] : chance.pick(TICKS);
    const [entryId = ''] = call.callbackData.split('.');
    calls.set(entryId, [...(calls.get(entryId) ?? []), { answer, ticks }]);
    const told = answerAndTell(call, answer, ticks).finally(() => telling.delete(told));
    telling.add(told);
  });
  return {
    url: api.url,
    calls,
    async calmDown() {
      calm = true;
      while (telling.size > 0) await Promise.all(telling);
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };

  async function answerAndTell(call: OwnCall, answer: Answer, ticks: readonly Tick[]): Promise<void> {
    const wamid = freshWamid();
    const [first, ...others] = ticks.map((status) =>
      statusWebhook({
        id: wamid,
        status,
        timestamp: String(Math.floor(Date.now() / 1000)),
        biz_opaque_callback_data: call.callbackData,
      }),
    );
    // Now and then the webhook is quicker than the answer.
    const early = first && chance.happens(0.2) ? tell(first) : undefined;
    await pause(chance.below(400));
    answerWith(call, answer, wamid);
    if (first) await (early ?? tell(first));
    await Promise.all(others.map(tell));
  }
}

function answerWith(call: OwnCall, answer: Answer, wamid: string): void {
  switch (answer) {
    case 'accepted':
      call.accept(wamid);
      return;
    case 'cut off':
      call.drop();
      return;
    case 'broken':
      call.answer(500, '<html>Sorry, something went wrong.</html>');
      return;
    case 'later':
      call.refuse(131016);
      return;
    case 'never':
      call.refuse(131026);
      return;
    case 'none':
      // Until whoever asks gives up.
      return;
  }
}
