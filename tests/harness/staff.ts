import { expect } from 'vitest';
import { ADMIN, type TestServer } from './server.ts';

/** Somebody signed in, who asks over HTTP. */
export interface TestStaff {
  /** For the `Authorization` header, and `connectionParams` over WebSocket. */
  authorization: string;
  /** The data of an operation that must succeed. */
  ask<Data>(query: string, variables?: Variables): Promise<Data>;
  /** Whatever comes back. */
  post(query: string, variables?: Variables): Promise<GraphQLAnswer>;
}

export interface GraphQLAnswer {
  status: number;
  headers: Headers;
  data?: Record<string, unknown> | null;
  errors?: GraphQLErrorAnswer[];
}

interface GraphQLErrorAnswer {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; field?: string; [name: string]: unknown };
}

type Variables = Record<string, unknown>;

export async function signIn(server: TestServer, account = ADMIN): Promise<TestStaff> {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  expect(response.status, await response.text()).toBe(200);
  const authorization = `Bearer ${response.headers.get('set-auth-token')}`;
  const post = (query: string, variables?: Variables) => postGraphQL(server, { query, variables }, { authorization });
  return {
    authorization,
    post,
    ask: async <Data>(query: string, variables?: Variables) => {
      const { errors, data, status } = await post(query, variables);
      expect(errors, `HTTP ${status}`).toBeUndefined();
      return data as Data;
    },
  };
}

export async function postGraphQL(
  server: TestServer,
  body: { query: string; variables?: Variables | undefined },
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Omit<GraphQLAnswer, 'status' | 'headers'>;
  return { ...answer, status: response.status, headers: response.headers };
}
