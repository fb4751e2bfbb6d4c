import { once } from 'node:events';
import { createServer } from 'node:net';

/** What the person who starts a program has to change, in one line. */
export class SettingProblem extends Error {}

/** The port that an environment variable asks for. */
export function portSetting(env: NodeJS.ProcessEnv, variable: string, otherwise: number): number {
  const value = env[variable] || String(otherwise);
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new SettingProblem(`${variable} is "${value}" and has to be a port, a number from 0 to 65535.`);
}

/** Throws, naming the variable, where another program has the port. */
export async function insistOnFreePort(port: number, variable: string): Promise<void> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new SettingProblem(`Port ${port} is taken by another program. Set ${variable} to a free one.`);
    }
    if (code === 'EACCES')
      throw new SettingProblem(`Port ${port} is not allowed here. Set ${variable} to another one.`);
    throw error;
  }
  probe.close();
  await once(probe, 'close');
}
