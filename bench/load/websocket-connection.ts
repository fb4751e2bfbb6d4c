import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const MOST_READ = 256 * 1024;
/** Shared: what a read brings is looked at before the next read. */
const readBuffer = Buffer.allocUnsafe(MOST_READ);

/** Told where in the bytes a text is, at once: the bytes are gone afterwards. */
export type OnText = (bytes: Buffer, start: number, end: number) => void;

/**
 * A WebSocket client for very many events: it hands on the bytes of each text without making anything of them. Of the
 * protocol it has what a subscriber needs: short texts out, texts of any length in, pings and the close.
 */
export class WebSocketConnection {
  onText: OnText = () => {};
  onClose: (code: number) => void = () => {};
  readonly #socket: Socket;
  #open: (() => void) | undefined;
  #rest: Buffer | undefined;

  constructor(url: URL, opened: () => void) {
    this.#open = opened;
    this.#socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: { buffer: readBuffer, callback: (length) => this.#receive(readBuffer.subarray(0, length)) },
    });
    this.#socket.once('connect', () => {
      const key = randomBytes(16).toString('base64');
      this.#socket.write(
        `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
      );
    });
    this.#socket.on('error', () => this.onClose(0));
    this.#socket.on('close', () => this.onClose(0));
  }

  send(text: string): void {
    this.#write(1, Buffer.from(text));
  }

  /** Takes nothing off the network any more. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  #write(opcode: number, payload: Buffer): void {
    const { length } = payload;
    // A client has to mask its frames; a mask of zeros leaves them as they are.
    const head = length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | Math.min(length, 126);
    if (length >= 126) head.writeUInt16BE(length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  #receive(read: Buffer): boolean {
    const bytes = this.#rest ? Buffer.concat([this.#rest, read]) : read;
    this.#rest = undefined;
    let from = 0;
    if (this.#open) {
      const headEnd = bytes.indexOf('\r\n\r\n');
      if (headEnd >= 0 && !bytes.subarray(0, 12).equals(SWITCHING)) this.close();
      else if (headEnd >= 0) {
        this.#open();
        this.#open = undefined;
        from = headEnd + 4;
      }
    }
    const taken = this.#open ? 0 : this.#takeFrames(bytes, from);
    if (taken < bytes.length) this.#rest = Buffer.from(bytes.subarray(taken));
    return true;
  }

  /** Returns where the first frame begins that isn't all there. */
  #takeFrames(bytes: Buffer, from: number): number {
    let at = from;
    while (at + 2 <= bytes.length) {
      const short = bytes[at + 1] ?? 0;
      let start = at + 2;
      let length = short;
      if (short >= 126) {
        start = at + (short === 126 ? 4 : 10);
        if (start > bytes.length) return at;
        length = short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      }
      const end = start + length;
      if (end > bytes.length) return at;
      const opcode = (bytes[at] ?? 0) & 15;
      if (opcode === 1) this.onText(bytes, start, end);
      else if (opcode === 9) this.#write(10, Buffer.from(bytes.subarray(start, end)));
      else if (opcode === 8) this.onClose(length >= 2 ? bytes.readUInt16BE(start) : 1005);
      at = end;
    }
    return at;
  }
}

const SWITCHING = Buffer.from('HTTP/1.1 101');
