import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../tests/harness/find-browser.ts';
import { ADMIN, type Program, PUBLIC_URL } from '../lab.ts';

/** Somebody signed in at the product's own page, in a real browser, and how it was to work there. */
export type Reader = AsyncDisposable & {
  page: Page;
  /** What the page's JavaScript holds once all garbage is gone. */
  heldBytes(): Promise<number>;
  /** Watches the main thread and the letters that are typed while this goes on. */
  watch(work: () => Promise<unknown>): Promise<Watched>;
  /** Scrolls what matches down by so much in each frame, until it stays at its end. Resolves with how long each took. */
  scrollDown(selector: string, px: number): Promise<number[]>;
  /** How many of the messages with these numbers were never in the page, or as two entries. */
  faults(first: number, end: number): Promise<number>;
};

/** In ms. */
export type Watched = {
  longestTask: number;
  /** Of the longest, only the time that a processor worked for it, not that in which others had all of them. */
  longestTaskOwn: number;
  tasksOver50: number;
  /** From the keystroke until it was drawn; what is drawn in the very next frame counts as 16. */
  letters: number[];
};

const SIZE = { width: 1440, height: 900 };
/** With room for its own bar: what lies below its edge is never drawn, and a letter there waits for something above it. */
const WINDOW = { width: SIZE.width, height: SIZE.height + 200 };
const TASKS = 'toplevel';

export async function openReader(program: Program): Promise<Reader> {
  await using opening = new AsyncDisposableStack();
  const browser = await chromium.launch({
    executablePath: await findBrowser(process.env),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      `--host-resolver-rules=MAP ${new URL(PUBLIC_URL).host}:80 ${new URL(program.url).host}`,
    ],
  });
  opening.defer(() => browser.close());
  const page = await browser.newPage({ viewport: SIZE, locale: 'en' });
  await page.addInitScript({ path: join(import.meta.dirname, 'reader-page.js') });
  await page.goto(`${PUBLIC_URL}/inbox`);
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
  const devTools = await page.context().newCDPSession(page);
  const { windowId } = await devTools.send('Browser.getWindowForTarget');
  await devTools.send('Browser.setWindowBounds', { windowId, bounds: WINDOW });

  const opened = opening.move();
  return {
    page,
    async heldBytes() {
      await devTools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devTools.send('Runtime.getHeapUsage');
      return usedSize;
    },
    async watch(work) {
      await page.evaluate('watched.letters.length = 0');
      await browser.startTracing(page, { categories: [TASKS] });
      await work();
      const tasks = tasksIn(await browser.stopTracing());
      const letters = (await page.evaluate('watched.letters')) as number[];
      return {
        longestTask: Math.max(...tasks.map(({ ms }) => ms)),
        longestTaskOwn: Math.max(...tasks.map(({ ownMs }) => ownMs)),
        tasksOver50: tasks.filter(({ ms }) => ms > 50).length,
        letters,
      };
    },
    scrollDown: (selector, px) => page.evaluate(`watched.scrollDown(${JSON.stringify(selector)}, ${px})`),
    faults: (first, end) => page.evaluate(`watched.faults(${first}, ${end})`),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

type TraceEvent = { name: string; pid: number; tid: number; dur?: number; tdur?: number; args: { name?: string } };

/** What the page's main thread did, in ms. */
function tasksIn(trace: Buffer): { ms: number; ownMs: number }[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const mainThreads = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && mainThreads.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = dur }) => ({ ms: dur / 1000, ownMs: tdur / 1000 }));
}
