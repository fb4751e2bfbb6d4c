import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoBusiness } from './demo-business.ts';
import { peopleFile, readPeople } from './people.ts';
import { insistOnFreePort, portSetting, SettingProblem } from './ports.ts';
import { startProduct } from './product.ts';
import { startSimulator } from './simulator.ts';

const vite = 'node_modules/vite/bin/vite.js';
const webhookPath = '/api/crm/whatsapp/webhook';
const password = 'demo-demo-demo';

try {
  process.exitCode = await demo(process.env);
} catch (error) {
  if (!(error instanceof SettingProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The product with sample customers and a simulated WhatsApp, until somebody stops it. */
async function demo(env: NodeJS.ProcessEnv): Promise<number> {
  const stop = untilToldToStop();
  const port = portSetting(env, 'PORT', 4000);
  const simulatorPort = portSetting(env, 'SIMULATOR_PORT', port === 0 ? 0 : port + 1);
  const dataDir = join(resolve(env.DATA_DIR || './data'), 'demo');
  await insistOnFreePort(port, 'PORT');
  await insistOnFreePort(simulatorPort, 'SIMULATOR_PORT');
  console.log('Starting. The first time takes some seconds more.');

  await using running = new AsyncDisposableStack();
  const simulator = running.use(
    await startSimulator({
      ...demoBusiness,
      port: simulatorPort,
      webhookUrl: undefined,
      people: await readPeople(),
      historyFrom: await firstStart(dataDir),
      statusDelay: 400,
    }),
  );

  const productEnv = {
    ...ofTheMachine(env),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    METRICS_TOKEN: randomUUID(),
    ADMIN_EMAIL: 'demo@example.com',
    ADMIN_PASSWORD: password,
    WHATSAPP_API_URL: simulator.url,
    WHATSAPP_PHONE_NUMBER_ID: demoBusiness.phoneNumberId,
    WHATSAPP_ACCESS_TOKEN: demoBusiness.accessToken,
    WHATSAPP_VERIFY_TOKEN: demoBusiness.verifyToken,
    WHATSAPP_APP_SECRET: demoBusiness.appSecret,
    DEMO_PEOPLE: fileURLToPath(peopleFile),
  };

  // Beside each other, since a newcomer waits for both.
  const client = running.use(startProduct(vite, productEnv, ['build', 'client', '--logLevel', 'error']));
  const sampleData = running.use(startProduct('server/demo-data.ts', productEnv));
  const built = await Promise.race([stop, client.ended]);
  if (built !== 'stop' && built !== 0) return complain('The page could not be built: run "npm run build" to see why.');
  const prepared = await Promise.race([stop, sampleData.ended]);
  if (prepared === 'stop') return 0;
  if (prepared !== 0) return complain(`The sample customers could not be made (${endOf(prepared)}).`);

  const product = running.use(startProduct('server/main.ts', productEnv));
  const started = await Promise.race([stop, product.ended, product.listening]);
  if (started === 'stop') return 0;
  if (started === null || typeof started === 'number') {
    return complain(`The product could not start (${endOf(started)}).`);
  }

  simulator.webhookUrl = `http://127.0.0.1:${started.port}${webhookPath}`;
  const { verified, answer } = await simulator.verifyWebhook();
  if (!verified) return complain(`The product does not answer for its webhook (${answer}).`);
  console.log(welcome(started.port, simulator.port, dataDir));

  const ended = await Promise.race([stop, product.ended]);
  if (ended !== 'stop') return complain(`The product ended by itself (${endOf(ended)}).`);
  console.log('\nStopping.');
  return 0;
}

function welcome(port: number, simulatorPort: number, dataDir: string): string {
  return `
  The inbox is ready, with sample customers and a simulated WhatsApp.

    Inbox      http://localhost:${port}
    Sign in    demo@example.com or maria@example.com, password ${password}
    Phone      http://localhost:${simulatorPort}  (you play the customer)

  Three things to try:

    1. Open both side by side. Write as Eleni on the phone, and watch it appear in the inbox.
    2. Answer Nikos from the inbox. Press "Read" on his phone, and watch the ticks.
    3. Press "Be someone new" and write. In the inbox, make a customer of the unknown number.

  Ctrl-C stops it. What was said stays in ${dataDir}.
`;
}

function endOf(exitCode: number | null): string {
  return exitCode === null ? 'a signal ended it' : `exit code ${exitCode}`;
}

function complain(words: string): number {
  console.error(words);
  return 1;
}

/** Resolves at the first signal. Those that follow change nothing: npm passes Ctrl-C on a second time. */
function untilToldToStop(): Promise<'stop'> {
  const { promise, resolve } = Promise.withResolvers<'stop'>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('stop'));
  return promise;
}

/** When the sample history was made, so that the phones agree with a database from an earlier day. */
async function firstStart(dataDir: string): Promise<Date> {
  const file = join(dataDir, 'first-start');
  await mkdir(dataDir, { recursive: true });
  try {
    return new Date(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const now = new Date();
    await writeFile(file, now.toISOString());
    return now;
  }
}

/** What programs need of the machine, and nothing that configures the product. */
function ofTheMachine(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TMP', 'TEMP', 'SYSTEMROOT', 'LANG', 'LC_ALL', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
