import { serverAudits } from 'graphql-http';
import { describe, expect } from 'vitest';
import { test } from './harness/test.ts';

/** What Apollo Server does otherwise, and none of it is a MUST. */
const MISSED_BY_APOLLO = [
  // A GET without a Content-Type is refused, since a foreign page could make a browser send it.
  '5A70',
  'D6D5',
  '6A70',
  // 400 for what can't be executed, also where the client accepts application/json.
  '572B',
  'FDE2',
  '7B9B',
];

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  for (const { id, name } of serverAudits({ url: '' })) {
    test(`${id}: ${name}`, async ({ server, staff }) => {
      const audits = serverAudits({
        url: `${server.url}/graphql`,
        fetchFn: (url: string, init?: RequestInit) =>
          fetch(url, { ...init, headers: { ...init?.headers, authorization: staff.authorization } }),
      });
      const result = await audits.find((audit) => audit.id === id)?.fn();
      const missed = result?.status !== 'ok';
      expect(missed, missed ? result?.reason : undefined).toBe(MISSED_BY_APOLLO.includes(id));
    });
  }
});
