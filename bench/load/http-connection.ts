import { connect, type Socket } from 'node:net';

/** One kept-alive connection that asks one thing after the other, at as little cost as can be. */
export class HttpConnection {
  readonly #socket: Socket;
  #answer: ((status: number) => void) | undefined;
  #received = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#receive(text));
    socket.on('close', () => this.#finish(0));
    socket.on('error', () => this.#finish(0));
  }

  static open({ hostname, port }: URL): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () => resolve(new HttpConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** Tells the status of the answer; 0 where there is none. */
  ask(request: string, answer: (status: number) => void): void {
    this.#answer = answer;
    if (this.#socket.destroyed) this.#finish(0);
    else this.#socket.write(request);
  }

  close(): void {
    this.#answer = undefined;
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(this.#received)?.[1] ?? 0);
    if (this.#received.length < headEnd + 4 + length) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = '';
    this.#finish(status);
  }

  #finish(status: number): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(status);
  }
}
