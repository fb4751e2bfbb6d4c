import { type Lab, type Program, PUBLIC_URL, post, startProduct } from '../lab.ts';
import { openReader, type Reader, type Watched } from '../load/reader.ts';
import { SENDERS, senderNumber } from '../load/webhook-body.ts';
import type { Run, Sample } from '../measured.ts';

const ENTRIES = 100_000;
/** So much is loaded of one conversation. */
const LOADED = 5_000;
const RATE = 100;
const LETTER_EACH_MS = 200;
/** Messages of a storm have numbers of their own. */
const FIRST_OF_STORM = 1_000_000;
const FIRST_AT_END = 2_000_000;

const LIST = 'div:has(> [role=list])';
const LOG = 'section:has(> div > [role=log])';

/** How smooth the page is, in a browser, among a thousand conversations and a hundred thousand entries. */
export const page: Run[] = [
  { part: 'page', title: 'a storm of messages in an open conversation', once: true, measure },
];

async function measure(lab: Lab): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  let sample: Sample;
  {
    // The box to write in is there, and nothing leaves the machine.
    const sending = { WHATSAPP_ACCESS_TOKEN: 'access-token-of-the-bench', WHATSAPP_API_URL: 'http://127.0.0.1:9' };
    await using program = await startProduct(databaseUrl, sending);
    await fill(program);
    await using reader = await openReader(program);
    sample = await work(lab, program, reader);
  }
  await lab.drop(databaseUrl);
  return sample;
}

async function work(lab: Lab, program: Program, reader: Reader): Promise<Sample> {
  const seconds = lab.quick ? 10 : 60;
  const inList = await reader.scrollDown(LIST, 150);
  await reader.page.goto(`${PUBLIC_URL}/inbox/unknown:${senderNumber(0)}`);
  await reader.page.getByRole('article').first().waitFor();
  const opened = await reader.heldBytes();
  await loadAll(reader);
  const loaded = await reader.heldBytes();

  const among = await storm(program, reader, { seconds, firstMessage: FIRST_OF_STORM });
  const held = await reader.heldBytes();
  const inLog = await reader.scrollDown(LOG, 300);
  const missed = await reader.faults(FIRST_OF_STORM, FIRST_OF_STORM + seconds * RATE);
  const letGo = await settled(reader);

  const atEnd = await storm(program, reader, { seconds, firstMessage: FIRST_AT_END });
  const end = await settled(reader);
  return {
    ...figures('storm, 5,000 loaded', among),
    'storm, 5,000 loaded: never or twice in the page': missed,
    ...figures('storm, at the end', atEnd),
    'heap, conversation opened, MB': opened / 1024 ** 2,
    'heap, 5,000 entries loaded, MB': loaded / 1024 ** 2,
    'heap, after the storm, all of it loaded, MB': held / 1024 ** 2,
    'heap, let go of at the end, MB': letGo / 1024 ** 2,
    'heap, after a storm at the end, MB': end / 1024 ** 2,
    ...frames('scrolling 1,000 conversations', inList),
    ...frames('scrolling 11,000 entries', inLog),
  };
}

/** A thousand conversations with as many entries each, and of the first one more. */
async function fill(program: Program): Promise<void> {
  const load = { connections: 4, messagesEach: 50, warmUpSeconds: 0, seconds: 10 };
  await post([program], { ...load, rate: ENTRIES / 50 / 10 });
  await post([program], { ...load, rate: (LOADED - ENTRIES / SENDERS) / 50 / 10, senders: 1 });
}

/** Scrolls up until nothing older is there. */
async function loadAll({ page }: Reader): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const place = document.querySelector(${JSON.stringify(LOG)});
    requestAnimationFrame(function up() {
      place.scrollTop = 0;
      if ([...place.querySelectorAll('button')].some(({ textContent }) => textContent === 'Load older')) requestAnimationFrame(up);
      else done();
    });
  })`);
}

async function storm(
  program: Program,
  { page, watch }: Reader,
  { seconds, firstMessage }: { seconds: number; firstMessage: number },
): Promise<Watched> {
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('');
  await box.focus();
  const letters = 'a letter each moment '.repeat(seconds).slice(0, (seconds * 1000) / LETTER_EACH_MS);
  return watch(() =>
    Promise.all([
      post([program], {
        connections: 8,
        rate: RATE,
        messagesEach: 1,
        senders: 1,
        warmUpSeconds: 0,
        seconds,
        firstMessage,
      }),
      page.keyboard.type(letters, { delay: LETTER_EACH_MS }),
    ]),
  );
}

/** The heap once the page lets go of no more. */
async function settled({ page, heldBytes }: Reader): Promise<number> {
  let held = await heldBytes();
  for (let quiet = 0; quiet < 3; ) {
    await page.waitForTimeout(1_000);
    const now = await heldBytes();
    quiet = now < held * 0.99 ? 0 : quiet + 1;
    held = now;
  }
  return held;
}

function figures(name: string, { longestTask, longestTaskOwn, tasksOver50, letters }: Watched): Sample {
  return {
    [`${name}: longest task, its own time, ms`]: longestTaskOwn,
    [`${name}: longest task, others in between, ms`]: longestTask,
    [`${name}: tasks over 50 ms`]: tasksOver50,
    [`${name}: slowest letter, ms`]: Math.max(0, ...letters),
    [`${name}: letters not in the next frame`]: letters.length,
  };
}

function frames(name: string, all: number[]): Sample {
  return {
    [`${name}: longest frame, ms`]: Math.max(...all),
    [`${name}: frames over 50 ms`]: all.filter((ms) => ms > 50).length,
  };
}
