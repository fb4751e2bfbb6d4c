import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type WebSocket,
} from 'playwright-core';
import { expect, inject } from 'vitest';
import { ADMIN, type TestServer } from './server.ts';
import { test } from './test.ts';

/** One for a worker, whichever extension of `browserTest` asks for it: each has its own fixture. */
let launched: Promise<Browser> | undefined;

/** `test` with a real browser, and a screen of it on which the admin is signed in. */
export const browserTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    launched ??= launch();
    const browser = await launched;
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('screen', async ({ browser, server }, { onCleanup }) => {
    const screen = await openScreen(browser, server);
    onCleanup(() => screen.close());
    return screen;
  });

/** A browser profile of its own. What its pages complain about fails the test. */
export interface Screen {
  context: BrowserContext;
  /** Opens an address of the product and waits until it is Live. */
  open(path: string): Promise<Page>;
  /** Lets pass what a page must complain about, such as a server that is gone. */
  tolerate(complaint: RegExp): void;
  close(): Promise<void>;
}

/**
 * Where `account` is null, nobody is signed in. Things move only where a test says so: frames are costly to draw
 * without a graphics card, and what moves is waited for.
 */
export async function openScreen(
  browser: Browser,
  server: TestServer,
  { account = ADMIN, ...options }: BrowserContextOptions & { account?: typeof ADMIN | null } = {},
): Promise<Screen> {
  const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const tolerated: RegExp[] = [];
  // A violated content security policy is told on the console too.
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));

  if (account) {
    const response = await context.request.post('/api/auth/sign-in/email', { data: account });
    expect(response.status(), await response.text()).toBe(200);
  }
  return {
    context,
    async open(path) {
      const page = await context.newPage();
      page.on('websocket', (socket) => sockets.set(page, socket));
      await page.goto(path);
      await isLive(page);
      return page;
    },
    tolerate: (complaint) => void tolerated.push(complaint),
    async close() {
      await context.close();
      expect(complaints.filter((text) => !tolerated.some((pattern) => pattern.test(text)))).toEqual([]);
    },
  };
}

/** Waits until the header says that nothing is missing. */
export async function isLive(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor();
}

export async function isNotLive(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .filter({ hasText: /^(Reconnecting|Offline)/ })
    .waitFor();
}

/** Resolves when the page has been told an event with these words, and has drawn since. Ask before it happens. */
export async function isTold(page: Page, words: string): Promise<void> {
  await sockets.get(page)?.waitForEvent('framereceived', ({ payload }) => String(payload).includes(words));
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
}

const sockets = new WeakMap<Page, WebSocket>();

/** Leaves a mark in the page that only a reload would wipe off. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate('window.markOfTheTest = true');
}

export async function expectNoReload(page: Page): Promise<void> {
  expect(await page.evaluate('window.markOfTheTest')).toBe(true);
}

/** What Chromium draws its address bar's suggestions with: two pages for each profile, each as costly as one of ours. */
const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** As Playwright has it, whose switch ours replaces. */
const OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

async function launch(): Promise<Browser> {
  const executablePath = inject('chromiumPath');
  if (!executablePath) throw new Error('A test that needs a browser belongs in tests/browser, for which one is found.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${[...OFF_BY_PLAYWRIGHT, ...ADDRESS_BAR_PAGES]}`,
    ],
  });
}
