import { createHmac } from 'node:crypto';
import { isSameSecret } from '../ops/same-secret.ts';

/**
 * The token of the session that a request names, where it is written and signed as better-auth does it: after
 * `Authorization: Bearer`, else in the cookie. Undefined leaves it to the library to say who asks.
 */
export function signedToken(headers: Headers, cookieName: string, secret: string): string | undefined {
  const authorization = headers.get('authorization');
  const given = authorization === null ? cookieOf(headers, cookieName) : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const [, token, signature] = /^(\w+)\.([\w+/%=]+)$/.exec(given ?? '') ?? [];
  if (token === undefined || signature === undefined) return undefined;
  const right = createHmac('sha256', secret).update(token).digest('base64');
  return isSameSecret(unescaped(signature), right) ? token : undefined;
}

/** Undefined also where there are several, of which the library takes its pick. */
function cookieOf(headers: Headers, name: string): string | undefined {
  const cookies = (headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const [value, another] = cookies.filter((cookie) => cookie.startsWith(`${name}=`));
  return another === undefined ? value?.slice(name.length + 1) : undefined;
}

/** Of what Base64 has. */
function unescaped(text: string): string {
  return text.replace(/%2B/gi, '+').replace(/%2F/gi, '/').replace(/%3D/gi, '=');
}
