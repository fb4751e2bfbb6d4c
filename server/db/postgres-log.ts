import { copyFile, stat, truncate } from 'node:fs/promises';
import type { Logger } from 'pino';

/** PostgreSQL holds its log open for as long as it lives, so the file is copied and emptied, never moved. */
export function boundPostgresLog(path: string, log: Logger): Disposable {
  const bound = async () => {
    try {
      if ((await stat(path)).size < tenMegabytes) return;
      await copyFile(path, `${path}.1`);
      await truncate(path);
    } catch (err) {
      log.warn({ err }, 'the log of PostgreSQL could not be cut');
    }
  };
  void bound();
  const timer = setInterval(() => void bound(), anHour).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const tenMegabytes = 10_000_000;
const anHour = 3_600_000;
