import { setTimeout as wait } from 'node:timers/promises';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import { type Conversation, logIds } from '../comms/conversations.ts';
import type { Customer } from '../comms/customers.ts';
import type { CommsType, Entry } from '../comms/entry.ts';
import type { Follower, Step } from '../comms/feed.ts';
import { readMarks } from '../comms/read-marks.ts';
import type { AppContext } from '../context.ts';
import { isDatabaseUnavailable } from '../db/database.ts';
import { channelNow } from '../whatsapp/channel.ts';
import { codedError, maskError } from './errors.ts';
import { addressedTo, type Frames, frameOf, joinFrames } from './frames.ts';
import { type SharedContext, sharedContext } from './request-context.ts';

/** The field that is subscribed to, and which of its steps are wanted. */
export type Wanted =
  | { field: 'commsLogged'; customerId: string | undefined; type: CommsType | undefined }
  | { field: 'inboxChanged' };

/** What is told to all who want the same: they share the bytes of each event. */
export type Subject = {
  wanted: Wanted;
  /** Of whom, at present; without: of all. */
  customerIds: string[] | undefined;
  key: string;
  /** By its key others share the execution too, who want other events and are shown them alike. */
  execution: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'> & { key: string };
};

/** Where the events of one subscription go. */
export type Subscriber = {
  /** Its id as JSON. */
  idJson: string;
  staffId: string;
  /** The position that it has. */
  position: number;
  /** Hands frames on, whose bytes are its own only while any wait; `flushed` is called once the network took them. */
  write(frames: Buffer, flushed?: () => void): void;
  /** Bytes that the network has not taken yet. */
  waiting(): number;
  /** Ends it, after a last result where there is one. */
  end(result?: ExecutionResult): void;
  /** Ends it because its steps can't be read at present. */
  fail(error: unknown): void;
};

export type FanOut = Follower & {
  /** Adds a subscriber, who gets what came since its position and then what comes. Returns how it leaves. */
  join(subject: Subject, subscriber: Subscriber): () => void;
};

/** A subscriber for whom more than this waits reads on by itself from the table, as fast as its network goes. */
const WAITING_LIMIT = 512 * 1024;
/** What is written at once, of events that are each shorter than the second. */
const WRITE_LENGTH = 64 * 1024;
const LONG_EVENT = 16 * 1024;
/**
 * After a round among all subscribers it rests, for events to come together: writing one to a socket costs ten times what
 * another costs that goes with it. So long that most of the time is left for everything else, but not noticeably long.
 */
const REST = 8;
const SHORTEST_REST_MS = 1;
const LONGEST_REST_MS = 10;
const REMEMBERED_EVENTS = 2_000;
const REMEMBERED_LENGTH = 8 * 1024 * 1024;

/**
 * Takes each step of the feed to all who want it. Equal subscriptions form a group: an event is executed and
 * serialised once a group. A subscriber is told steps as they come while it keeps up, and otherwise goes through the
 * table at its own pace, so that nobody's slowness costs memory or a place in the feed.
 */
export function createFanOut(app: AppContext, schema: GraphQLSchema): FanOut {
  const groups = new Map<string, Group>();
  let position = app.feed.tail;

  return {
    get isFollowed() {
      return groups.size > 0;
    },

    async steps(steps, entries) {
      const pages = new Map<Group, Page>();
      const context = executionContext();
      for (const entry of entries) context.entries.prime(entry.id, entry);
      await Promise.all(
        [...groups.values()].map(async (group) => pages.set(group, await pageOf(group, steps, context))),
      );
      // From here on nothing waits: whoever is attached gets this page, whoever joined meanwhile reads it.
      const began = performance.now();
      position = steps.at(-1)?.position ?? position;
      for (const group of groups.values()) {
        const page = pages.get(group);
        for (const member of group.members) {
          if (member.attached && !(page && deliver(member, page))) void catchUp(group, member);
        }
      }
      const took = performance.now() - began;
      const rest = Math.max(took, Math.min(REST * took, LONGEST_REST_MS));
      if (rest >= SHORTEST_REST_MS) await wait(rest);
    },

    broken() {
      const result = { errors: [resyncRequired()] };
      for (const group of groups.values()) {
        for (const member of group.members) member.subscriber.end(result);
      }
      position = app.feed.tail;
    },

    join(subject, subscriber) {
      const length = Buffer.byteLength(subscriber.idJson);
      const key = `${length} ${subject.key}`;
      const group = groups.get(key) ?? createGroup(key, subject, length);
      groups.set(key, group);
      const member: Member = { subscriber, attached: true, gone: false };
      group.members.add(member);
      app.metrics.subscribers.inc();
      if (groups.size === 1 && group.members.size === 1) app.feed.hint();
      void catchUp(group, member);
      return () => {
        if (member.gone) return;
        member.gone = true;
        app.metrics.subscribers.dec();
        group.members.delete(member);
        if (group.members.size === 0 && groups.get(group.key) === group) groups.delete(group.key);
      };
    },
  };

  /** Reads on from the table until it is where the others are. */
  async function catchUp(group: Group, member: Member): Promise<void> {
    const { subscriber } = member;
    member.attached = false;
    try {
      while (!member.gone && subscriber.position < position) {
        const steps = (await app.feed.read(subscriber.position)).filter((step) => step.position <= position);
        if (steps.length === 0) throw new Error('steps are gone that a subscriber did not have yet');
        const page = await sharedPage(group, steps);
        for (const write of writesFor(subscriber, page)) {
          if (member.gone) return;
          const busy = subscriber.waiting() > WAITING_LIMIT;
          if (busy) await new Promise<void>((flushed) => handOn(write.frames, subscriber, flushed));
          else handOn(write.frames, subscriber);
          subscriber.position = write.position;
        }
        subscriber.position = Math.max(subscriber.position, page.position);
      }
      member.attached = true;
    } catch (error) {
      subscriber.fail(error);
    }
  }

  /** Of all who come back at once most have missed the same. */
  function sharedPage(group: Group, steps: Step[]): Promise<Page> {
    const key = `${steps[0]?.position}-${steps.at(-1)?.position} ${group.customerIds}`;
    if (group.lastMissed?.key !== key) group.lastMissed = { key, page: pageOf(group, steps, executionContext()) };
    return group.lastMissed.page;
  }

  function executionContext(): ExecutionContext {
    return { ...sharedContext(app), executed: new Map() };
  }

  async function pageOf(group: Group, steps: Step[], context: ExecutionContext): Promise<Page> {
    if (steps.some((step) => step.previousId !== null && isOfThem(group, step))) await findIdsAgain(group);
    const wanted = newestOfEach(
      group.wanted,
      steps.filter((step) => isWanted(group, step)),
    );
    const events = await Promise.all(
      wanted.map(async (step) => {
        const { position, staffId } = step;
        const known = group.remembered.get(position) ?? remember(group, position, frameFor(group, step, context));
        const frame = await known.frame;
        return frame && { position, staffId, frame };
      }),
    );
    const told = events.filter((event) => event !== undefined);
    const personal = told.some(({ staffId }) => staffId !== null);
    return { events: told, personal, writes: writesOf(told), position: steps.at(-1)?.position ?? 0 };
  }

  /** One after the other, so that what was asked last is what holds. */
  function findIdsAgain(group: Group): Promise<void> {
    const asked = (group.finding ?? Promise.resolve())
      .catch(() => {
        // Told to who waited for it.
      })
      .then(async () => {
        group.customerIds = await idsOf(app, group.wanted);
      });
    group.finding = asked;
    return asked;
  }

  async function frameFor(group: Group, step: Step, context: ExecutionContext): Promise<Frames | undefined> {
    const key = `${step.position} ${group.execution.key}`;
    const payload = context.executed.get(key) ?? payloadFor(group, step, context);
    context.executed.set(key, payload);
    const known = await payload;
    return known === undefined ? undefined : frameOf(known, group.idLength);
  }

  async function payloadFor(group: Group, step: Step, contextValue: SharedContext): Promise<string | undefined> {
    const source = await sourceOf(group.wanted, step, contextValue);
    if (!source) return undefined;
    const rootValue = { [group.wanted.field]: source };
    const { document, operationName, variableValues } = group.execution;
    const args = { schema, document, operationName, variableValues, rootValue, contextValue };
    const { errors, ...result } = await execute(args);
    // An event that only the database keeps from being complete is not told, and comes again.
    const trouble = errors?.find((error) => isDatabaseUnavailable(error.originalError));
    if (trouble) throw trouble.originalError;
    return JSON.stringify(errors ? { ...result, errors: errors.map((error) => maskError(error, app.log)) } : result);
  }
}

/** What a subscriber is told who can't go on from its position. */
export function resyncRequired(): GraphQLError {
  return codedError('RESYNC_REQUIRED', 'The feed can’t go on from this position: read the lists again.');
}

/** Lasts for some steps. `executed`: what has been made of each, for whom it has been executed first. */
type ExecutionContext = SharedContext & { executed: Map<string, Promise<string | undefined>> };
type GroupEvent = { position: number; staffId: string | null; frame: Frames };
/** What a group is told of some steps, and how it is written; `position` is that of the last step. */
type Page = { events: GroupEvent[]; personal: boolean; writes: Write[]; position: number };
/** Events that are written at once; `position` is that of the last. */
type Write = { frames: Frames; position: number };
type Member = { subscriber: Subscriber; attached: boolean; gone: boolean };
type Group = Subject & {
  idLength: number;
  members: Set<Member>;
  /** The newest events by position, for those who come back after a short while. */
  remembered: Map<number, Remembered>;
  rememberedLength: number;
  lastMissed?: { key: string; page: Promise<Page> };
  finding?: Promise<void>;
};
/** `frame` is undefined where a later step has done away with what this one is about. */
type Remembered = { frame: Promise<Frames | undefined>; length: number };

function createGroup(key: string, { wanted, customerIds, execution }: Subject, idLength: number): Group {
  const remembered: Group['remembered'] = new Map();
  return { key, wanted, customerIds, execution, idLength, members: new Set(), remembered, rememberedLength: 0 };
}

/** Also while it is being made: all who come back at once share the work. */
function remember(group: Group, position: number, frame: Promise<Frames | undefined>): Remembered {
  const remembered: Remembered = { frame, length: 0 };
  group.remembered.set(position, remembered);
  frame.then(
    (made) => {
      if (group.remembered.get(position) !== remembered) return;
      remembered.length = made?.bytes.length ?? 0;
      group.rememberedLength += remembered.length;
      forgetOldest(group);
    },
    () => group.remembered.delete(position),
  );
  return remembered;
}

function forgetOldest(group: Group): void {
  for (const [position, { length }] of group.remembered) {
    if (group.remembered.size <= REMEMBERED_EVENTS && group.rememberedLength <= REMEMBERED_LENGTH) return;
    group.remembered.delete(position);
    group.rememberedLength -= length;
  }
}

/** Whether all of it could be handed on; else the subscriber is slow, and has a part of it. */
function deliver({ subscriber }: Member, page: Page): boolean {
  for (const write of writesFor(subscriber, page)) {
    if (subscriber.waiting() > WAITING_LIMIT) return false;
    handOn(write.frames, subscriber);
    subscriber.position = write.position;
  }
  subscriber.position = Math.max(subscriber.position, page.position);
  return true;
}

/**
 * The network mostly takes bytes at once, and then the same serve the next one: a copy for each made a fifth of the work.
 * Where they have to wait, they are left to who waits for them.
 */
function handOn(frames: Frames, subscriber: Subscriber, flushed?: () => void): void {
  subscriber.write(addressedTo(subscriber.idJson, frames), flushed);
  if (subscriber.waiting() > 0) frames.bytes = Buffer.from(frames.bytes);
}

/** As for the whole group, unless it has a part already, or not all of it is for this one. */
function writesFor(subscriber: Subscriber, { events, personal, writes }: Page): Write[] {
  const isNew = (event: GroupEvent) => event.position > subscriber.position;
  const [first] = events;
  if (!personal && (!first || isNew(first))) return writes;
  return writesOf(events.filter((event) => isNew(event) && isFor(event, subscriber)));
}

/** Short events come together. A long one goes by itself and isn't copied: those who read slowly each hold a page. */
function writesOf(events: GroupEvent[]): Write[] {
  const writes: GroupEvent[][] = [];
  let length = WRITE_LENGTH;
  for (const event of events) {
    const size = event.frame.bytes.length;
    if (length + size > WRITE_LENGTH || size > LONG_EVENT) {
      writes.push([]);
      length = 0;
    }
    writes.at(-1)?.push(event);
    length = size > LONG_EVENT ? WRITE_LENGTH : length + size;
  }
  return writes.map((together) => ({
    frames: joinFrames(together.map(({ frame }) => frame)),
    position: together.at(-1)?.position ?? 0,
  }));
}

function isFor(event: GroupEvent, subscriber: Subscriber): boolean {
  return event.staffId === null || event.staffId === subscriber.staffId;
}

/** Whether a step is among what is wanted: an entry as it was or as it is. */
function isWanted({ wanted, customerIds }: Group, step: Step): boolean {
  if (wanted.field === 'inboxChanged') return step.subject !== 'entry' || step.change === 'LOGGED';
  return (
    step.subject === 'entry' &&
    (wanted.type === undefined || step.commsType === wanted.type) &&
    (customerIds === undefined || isOfThem({ customerIds }, step))
  );
}

function isOfThem({ customerIds = [] }: Pick<Group, 'customerIds'>, { subjectId, previousId }: Step): boolean {
  return [subjectId, previousId].some((id) => id !== null && customerIds.includes(id));
}

/** A number that was given to a customer goes on under the customer's id, for as long as it is the customer's. */
export async function idsOf({ database }: AppContext, wanted: Wanted): Promise<string[] | undefined> {
  if (wanted.field === 'inboxChanged' || wanted.customerId === undefined) return undefined;
  return logIds(database.kysely, wanted.customerId);
}

/** Of several steps of one conversation at once the newest says it all; each other step stands for itself. */
function newestOfEach({ field }: Wanted, steps: Step[]): Step[] {
  if (field === 'commsLogged') return steps;
  const isState = (step: Step) =>
    step.subject === 'entry' || (step.subject === 'conversation' && step.change !== 'MOVED');
  const newest = new Map(steps.filter(isState).map((step) => [step.subjectId, step.position]));
  return steps.filter((step) => !isState(step) || newest.get(step.subjectId) === step.position);
}

type CommsLoggedSource = { position: string; change: 'LOGGED' | 'UPDATED'; entry: Entry };
type InboxChangedSource = { position: string } & (
  | { conversation: Conversation }
  | { conversationMoved: { from: string; to: string } }
  | { customer: Customer }
  | { customerRemoved: string }
  | { channel: Awaited<ReturnType<typeof channelNow>> }
  | { readMark: { conversationId: string; revision: number; upToEntryId: string; readCount: number } }
);

/** What a step is about, as it is now; null where a later step has done away with it. */
async function sourceOf(
  wanted: Wanted,
  step: Step,
  { app, entries, conversations, customers }: SharedContext,
): Promise<CommsLoggedSource | InboxChangedSource | null> {
  const position = app.feed.formatStep(step);
  if (wanted.field === 'commsLogged') {
    const entry = step.entryId === null ? null : await entries.load(step.entryId);
    return entry && { position, change: step.change === 'LOGGED' ? 'LOGGED' : 'UPDATED', entry };
  }
  const id = step.subjectId ?? '';
  switch (step.subject) {
    case 'entry':
    case 'conversation': {
      if (step.change === 'MOVED') return { position, conversationMoved: { from: step.previousId ?? '', to: id } };
      const conversation = await conversations.load(id);
      return conversation && { position, conversation };
    }
    case 'customer': {
      if (step.change === 'REMOVED') return { position, customerRemoved: id };
      const customer = await customers.load(id);
      return customer && { position, customer };
    }
    case 'read_mark': {
      const [mark] = await readMarks(app.database.kysely, step.staffId ?? '', [id]);
      return mark ? { position, readMark: { ...mark, upToEntryId: String(mark.upToEntryId) } } : null;
    }
    case 'channel':
      return { position, channel: await channelNow(app) };
  }
}
