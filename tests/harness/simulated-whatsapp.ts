import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, type TestServer, VERIFY_TOKEN } from './server.ts';

/** The simulator, on a free port, delivering to this server. */
export function simulateWhatsApp(server: TestServer): Promise<Simulator> {
  return startSimulator({
    port: 0,
    wabaId: '102290129340398',
    phoneNumberId: PHONE_NUMBER_ID,
    displayPhoneNumber: '302100000000',
    webhookUrl: `${server.url}/api/crm/whatsapp/webhook`,
    appSecret: APP_SECRET,
    accessToken: ACCESS_TOKEN,
    verifyToken: VERIFY_TOKEN,
  });
}
