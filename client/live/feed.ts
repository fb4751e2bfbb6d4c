import type { ApolloClient } from '@apollo/client';
import type { FeedPositionsQuery } from '../operations.generated.ts';
import { isSignedOut } from '../session/signed-out.ts';
import { applySteps } from './apply-steps.ts';
import type { CommsStep, FeedLog, InboxStep } from './feed-log.ts';
import { openFeedSocket } from './feed-socket.ts';
import { codesOf, openStream } from './feed-stream.ts';
import { firstIndex } from './first-index.ts';
import { inTurns } from './in-turns.ts';
import type { LiveCache } from './live-cache.ts';
import { CHANNEL, FEED_POSITIONS, FOLLOW_COMMS, FOLLOW_INBOX } from './live-documents.ts';
import type { LiveStatus } from './live-status.ts';
import { isUnsettled, type Unsettled } from './refresh-unsettled.ts';

type Parts = {
  client: ApolloClient;
  cache: LiveCache;
  log: FeedLog;
  status: LiveStatus;
  onSignedOut(): void;
  onUnsettled(unsettled: Unsettled): void;
};

type Positions = FeedPositionsQuery['feedPositions'];

const TRY_AGAIN_MS = 1_000;
/** So many are written into the cache, and its lists drawn anew, in less time than a keystroke takes to be noticed. */
const MANY_AT_ONCE = 12;
/** What came while nobody followed is more, and nobody wants to watch it pass. */
const TURNS_TO_CATCH_UP = 20;

/**
 * Follows both subscriptions for as long as the page is open, and writes what they bring into the cache, some
 * at a time. Each goes on from the last step that it brought, whatever happened in between.
 */
export function followFeed({ client, cache, log, status, onSignedOut, onUnsettled }: Parts): () => void {
  let over = false;
  let generation = 0;
  /** The last step that each stream brought; undefined until the first position is known. */
  let taken: Positions | undefined;
  /** What both must have brought before the page may be called live. */
  let goal: Positions | undefined;
  /** The oldest list that was read before the streams began. */
  let oldestList: string | undefined;
  /** How often the feed has told about the channel. */
  let channelSteps = 0;
  let comms: CommsStep[] = [];
  let inbox: InboxStep[] = [];
  let closeStreams = () => {};
  /** Stands for the connection that is open. */
  let connection: symbol | undefined;

  const turns = inTurns(apply);
  const socket = openFeedSocket({
    onConnected: () => {
      connection = Symbol();
      void findGoal();
    },
    onClosed: () => {
      connection = undefined;
      lost();
    },
  });

  status.lost();
  log.onGap((position) => queueMicrotask(() => reachBackTo(position)));
  void begin();

  return () => {
    over = true;
    closeStreams();
    turns.cancel();
    socket.close();
    status.stop();
  };

  /** Nothing that was the goal before says what is missed from now on. */
  function lost() {
    goal = undefined;
    if (!over) status.lost();
  }

  async function begin() {
    const positions = await askPositions();
    if (!positions || over) return;
    const from = oldestList !== undefined && oldestList < positions.feedPosition ? oldestList : positions.feedPosition;
    followFrom(from);
  }

  /** A list that was read before the log of steps begins can only be trusted once the steps since then were seen. */
  function reachBackTo(position: string) {
    if (over || log.reachesBackTo(position)) return;
    if (taken) followFrom(position);
    else if (oldestList === undefined || position < oldestList) oldestList = position;
  }

  function followFrom(position: string) {
    turns.cancel();
    comms = [];
    inbox = [];
    oldestList = undefined;
    log.begin(position);
    taken = { commsLogged: position, inboxChanged: position };
    openStreams();
  }

  function openStreams() {
    closeStreams();
    const current = ++generation;
    const onEnd = (reason: unknown) => {
      if (current === generation && !over) void recover(reason);
    };
    const closers = [
      openStream<{ commsLogged: CommsStep }>(socket, cache.transformDocument(FOLLOW_COMMS), {
        after: () => taken?.commsLogged,
        onStep: ({ commsLogged: step }) => {
          if (!taken || step.position <= taken.commsLogged) return;
          taken = { ...taken, commsLogged: step.position };
          comms.push(step);
          turns.request();
        },
        onEnd,
      }),
      openStream<{ inboxChanged: InboxStep }>(socket, cache.transformDocument(FOLLOW_INBOX), {
        after: () => taken?.inboxChanged,
        onStep: ({ inboxChanged: step }) => {
          if (!taken || step.position <= taken.inboxChanged) return;
          taken = { ...taken, inboxChanged: step.position };
          if (step.channel) channelSteps++;
          inbox.push(step);
          turns.request();
        },
        onEnd,
      }),
    ];
    closeStreams = () => {
      generation++;
      for (const close of closers) close();
    };
  }

  function apply() {
    const many = document.hidden ? comms.length : Math.max(MANY_AT_ONCE, Math.ceil(comms.length / TURNS_TO_CATCH_UP));
    const next = comms[many];
    const until = next ? firstIndex(inbox, ({ position }) => position >= next.position) : inbox.length;
    const unsettled = applySteps(cache, log, comms.splice(0, many), inbox.splice(0, until));
    if (inbox.length === 0 && taken) cache.timelines.takeOut(taken.inboxChanged);
    if (isUnsettled(unsettled)) onUnsettled(unsettled);
    sayIfCaughtUp();
    return comms.length > 0 ? 'more' : 'done';
  }

  async function findGoal() {
    const told = channelSteps;
    const asked = connection;
    const positions = await askPositions();
    // Of another connection nothing of this is known; and each asks when it is there.
    if (!positions || !connection || asked !== connection) return;
    goal = positions.feedPositions;
    // A server that was set up anew tells nobody.
    if (told === channelSteps) cache.writeQuery({ query: CHANNEL, data: { channel: positions.channel } });
    sayIfCaughtUp();
  }

  function sayIfCaughtUp() {
    const applied = comms.length === 0 && inbox.length === 0 ? taken : undefined;
    if (!goal || !applied) return;
    if (applied.commsLogged >= goal.commsLogged && applied.inboxChanged >= goal.inboxChanged) status.caughtUp();
  }

  /** A stream ended that should go on. */
  async function recover(reason: unknown) {
    closeStreams();
    if (isSignedOut(reason)) return onSignedOut();
    lost();
    if (codesOf(reason).includes('RESYNC_REQUIRED')) return await startOver();
    await pause();
    if (over) return;
    openStreams();
    await findGoal();
  }

  /** The feed can't go on from here (another database, or too long ago): nothing on the page can be kept. */
  async function startOver() {
    taken = undefined;
    oldestList = undefined;
    log.forget();
    await client.resetStore().catch(() => {
      // Each list that couldn't be read again says so itself, with a button.
    });
    if (over) return;
    await begin();
    await findGoal();
  }

  async function askPositions(): Promise<FeedPositionsQuery | undefined> {
    while (!over) {
      try {
        const { data } = await client.query({
          query: FEED_POSITIONS,
          fetchPolicy: 'no-cache',
          context: { queryDeduplication: false },
        });
        if (data) return data;
      } catch (error) {
        if (isSignedOut(error)) return undefined;
      }
      await pause();
    }
    return undefined;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
