import { demoBusiness } from './demo-business.ts';
import { readPeople } from './people.ts';
import { startSimulator } from './simulator.ts';

const env = process.env;
const settings = {
  ...demoBusiness,
  appSecret: env.WHATSAPP_APP_SECRET?.split(',')[0] || demoBusiness.appSecret,
  accessToken: env.WHATSAPP_ACCESS_TOKEN || demoBusiness.accessToken,
  verifyToken: env.WHATSAPP_VERIFY_TOKEN || demoBusiness.verifyToken,
  phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID || demoBusiness.phoneNumberId,
};

const simulator = await startSimulator({
  ...settings,
  host: '127.0.0.1',
  port: Number(env.SIMULATOR_PORT || 4001),
  webhookUrl: env.WEBHOOK_URL || 'http://127.0.0.1:4000/api/crm/whatsapp/webhook',
  people: await readPeople(),
  statusDelay: 400,
});

console.log(`Simulated WhatsApp on ${simulator.url}, posting to ${simulator.webhookUrl}. The product needs:
  WHATSAPP_API_URL=${simulator.url}
  WHATSAPP_PHONE_NUMBER_ID=${settings.phoneNumberId}
  WHATSAPP_ACCESS_TOKEN=${settings.accessToken}
  WHATSAPP_APP_SECRET=${settings.appSecret}
  WHATSAPP_VERIFY_TOKEN=${settings.verifyToken}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator[Symbol.asyncDispose]());
}
