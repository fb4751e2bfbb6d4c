import { t } from '../language/t.ts';

export type SignInResult = 'signed-in' | { problem: string };

/** Signs in with better-auth's own route, which sets the session's cookie. */
export async function signIn(email: string, password: string): Promise<SignInResult> {
  let answer: Response;
  try {
    answer = await post('/api/auth/sign-in/email', { email, password });
  } catch {
    return { problem: t('The server can’t be reached. Check the connection, and try again.') };
  }
  if (answer.ok) return 'signed-in';
  if (answer.status === 429) return { problem: tooMany(answer) };
  if (answer.status === 400 || answer.status === 401)
    return { problem: t('The e-mail address or the password is not right.') };
  if (answer.status === 403) return { problem: t('This account can’t sign in here. Ask an administrator.') };
  return { problem: t('The server has a problem. Try again in a moment.') };
}

export async function signOut(): Promise<void> {
  const answer = await post('/api/auth/sign-out', {});
  if (!answer.ok && answer.status !== 401) throw new Error(`Signing out was answered with ${answer.status}`);
}

/** Where to go after signing in: only ever an address of this product. */
export function returnAddress(from: string | null): string {
  if (!from || !URL.canParse(from, location.origin)) return '/inbox';
  const address = new URL(from, location.origin);
  // Whole: a path by itself may begin with "//", and lead to another server.
  return address.origin === location.origin ? address.href : '/inbox';
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  });
}

function tooMany(answer: Response): string {
  const seconds = Number(answer.headers.get('retry-after') ?? answer.headers.get('x-retry-after'));
  if (!Number.isFinite(seconds) || seconds <= 0) return t('Too many attempts. Try again in a little while.');
  if (seconds < 90) return t('Too many attempts. Try again in {{count}} seconds.', { count: Math.ceil(seconds) });
  return t('Too many attempts. Try again in {{count}} minutes.', { count: Math.ceil(seconds / 60) });
}
