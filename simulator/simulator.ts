import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { registerControlApi } from './control-api.ts';
import { registerGraphApi } from './graph-api.ts';
import { registerPhonePage } from './phone-page.ts';
import { WhatsApp, type WhatsAppOptions } from './whatsapp.ts';

export type SimulatorOptions = WhatsAppOptions & { host?: string; port: number };

/** Starts a stand-in for Meta: the Graph API, the control API and the page with the phone, on one port. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const simulator = new Simulator(options);
  await simulator.listen(options);
  return simulator;
}

/** WhatsApp with its doors open, until it is disposed of. */
export class Simulator extends WhatsApp implements AsyncDisposable {
  readonly #app = Fastify({ forceCloseConnections: true, bodyLimit: 8 * 2 ** 20 });

  constructor(options: WhatsAppOptions) {
    super(options);
    registerGraphApi(this.#app, this);
    registerControlApi(this.#app, this);
    registerPhonePage(this.#app);
  }

  async listen({ host = '127.0.0.1', port }: { host?: string; port: number }): Promise<void> {
    await this.#app.listen({ host, port });
  }

  get port(): number {
    return (this.#app.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://${(this.#app.server.address() as AddressInfo).address}:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await this.#app.close();
  }
}
