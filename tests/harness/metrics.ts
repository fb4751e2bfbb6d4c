import type { TestServer } from './server.ts';

/** A figure of `/metrics`, by its name with any labels; NaN where there is none. */
export async function metric(server: TestServer, name: string): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^${RegExp.escape(name)} (\\S+)`, 'm').exec(metrics)?.[1]);
}
