import { demoBusiness } from './demo-business.ts';
import { readPeople } from './people.ts';
import { insistOnFreePort, portSetting, SettingProblem } from './ports.ts';
import { startSimulator } from './simulator.ts';

try {
  await run(process.env);
} catch (error) {
  if (!(error instanceof SettingProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The simulator alone, for a product that somebody starts beside it. */
async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const business = {
    ...demoBusiness,
    appSecret: env.WHATSAPP_APP_SECRET?.split(',')[0] || demoBusiness.appSecret,
    accessToken: env.WHATSAPP_ACCESS_TOKEN || demoBusiness.accessToken,
    verifyToken: env.WHATSAPP_VERIFY_TOKEN || demoBusiness.verifyToken,
    phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID || demoBusiness.phoneNumberId,
  };
  const port = portSetting(env, 'SIMULATOR_PORT', 4001);
  await insistOnFreePort(port, 'SIMULATOR_PORT');
  const simulator = await startSimulator({
    ...business,
    port,
    webhookUrl: env.WEBHOOK_URL || 'http://127.0.0.1:4000/api/crm/whatsapp/webhook',
    people: await readPeople(),
    statusDelay: 400,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator[Symbol.asyncDispose]());
  }
  console.log(`Simulated WhatsApp on ${simulator.url}, posting to ${simulator.webhookUrl}. The product needs:

  WHATSAPP_API_URL=${simulator.url}
  WHATSAPP_PHONE_NUMBER_ID=${business.phoneNumberId}
  WHATSAPP_ACCESS_TOKEN=${business.accessToken}
  WHATSAPP_APP_SECRET=${business.appSecret}
  WHATSAPP_VERIFY_TOKEN=${business.verifyToken}
`);
}
