import { randomBytes } from 'node:crypto';

type Known = { title: string; details: string; status: number; subcode?: number };

/** Meta's codes that the simulator can answer with, in Meta's words, with the HTTP status that goes with each. */
const known: Record<number, Known> = {
  0: {
    title: 'AuthException',
    details: 'We were unable to authenticate the app user.',
    status: 401,
  },
  1: { title: 'API Unknown', details: 'Invalid request or possible server error.', status: 400 },
  2: {
    title: 'API Service',
    details: 'Service temporarily unavailable. Temporary due to downtime or due to being overloaded.',
    status: 503,
  },
  4: { title: 'API Too Many Calls', details: 'The app has reached its API call rate limit.', status: 400 },
  10: { title: 'Permission Denied', details: 'Permission is either not granted or has been removed.', status: 403 },
  33: {
    title: 'Parameter value is not valid',
    details: 'The business phone number has been deleted.',
    status: 400,
  },
  100: { title: 'Invalid parameter', details: 'One or more parameters are not supported or misspelled.', status: 400 },
  190: {
    title: 'Error validating access token',
    details: 'The session has been invalidated.',
    status: 401,
    subcode: 463,
  },
  368: {
    title: 'Temporarily blocked for policies violations',
    details: 'The account has been restricted or disabled for violating a platform policy.',
    status: 403,
  },
  80007: {
    title: 'Rate limit issues',
    details: 'The WhatsApp Business Account has reached its rate limit.',
    status: 400,
  },
  130403: { title: 'User is blocked', details: 'The business has blocked this user.', status: 400 },
  130429: {
    title: 'Rate limit hit',
    details: 'Cloud API message throughput has been reached.',
    status: 400,
  },
  131000: { title: 'Something went wrong', details: 'Message failed to send due to an unknown error.', status: 500 },
  131005: { title: 'Access denied', details: 'Permission is either not granted or has been removed.', status: 403 },
  131008: {
    title: 'Required parameter is missing',
    details: 'The request is missing a required parameter.',
    status: 400,
  },
  131009: { title: 'Parameter value is not valid', details: 'One or more parameter values are invalid.', status: 400 },
  131016: { title: 'Service unavailable', details: 'A service is temporarily unavailable.', status: 500 },
  131021: {
    title: 'Recipient cannot be sender',
    details: 'Sender and recipient phone number is the same.',
    status: 400,
  },
  131026: {
    title: 'Message undeliverable',
    details:
      'Unable to deliver message. Reasons can include: the recipient phone number is not a WhatsApp phone number, ' +
      'or the recipient has not accepted the new Terms of Service and Privacy Policy.',
    status: 400,
  },
  131031: { title: 'Business Account locked', details: 'The account has been locked.', status: 403 },
  131042: {
    title: 'Business eligibility payment issue',
    details: 'Message failed to send because there were one or more errors related to your payment method.',
    status: 400,
  },
  131047: {
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    status: 400,
  },
  131048: {
    title: 'Spam rate limit hit',
    details:
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
    status: 400,
  },
  131051: { title: 'Unsupported message type', details: 'Message type unknown.', status: 400 },
  131056: {
    title: '(Business Account, Consumer Account) pair rate limit hit',
    details: 'Too many messages sent from the sender phone number to the same recipient phone number in a short time.',
    status: 400,
  },
  131057: { title: 'Account in maintenance mode', details: 'Business Account is in maintenance mode.', status: 500 },
  131062: { title: 'Business-scoped user id not allowed', details: 'This message needs a phone number.', status: 400 },
  133010: {
    title: 'Phone number not registered',
    details: 'Phone number not registered on the platform.',
    status: 400,
  },
};

export type GraphError = { status: number; body: { error: Record<string, unknown> } };

/** An answer of the Graph API that refuses, in Meta's shape. */
export function graphError(code: number, details?: string): GraphError {
  const { title, status, subcode, ...error } = lookUp(code);
  return {
    status,
    body: {
      error: {
        message: `(#${code}) ${title}`,
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: details ?? error.details },
        ...(subcode && { error_subcode: subcode }),
        fbtrace_id: traceId(),
      },
    },
  };
}

/** One of Graph's own errors, from before the request reaches WhatsApp: no `error_data`. */
export function graphPathError(status: number, code: number, message: string, subcode?: number): GraphError {
  return {
    status,
    body: {
      error: {
        message,
        type: code === 100 ? 'GraphMethodException' : 'OAuthException',
        code,
        ...(subcode && { error_subcode: subcode }),
        fbtrace_id: traceId(),
      },
    },
  };
}

/** What stands in `errors` of a failed status or of a message that WhatsApp can't hand over. */
export function webhookError(code: number): Record<string, unknown> {
  const { title, details } = lookUp(code);
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}

function lookUp(code: number): Known {
  return known[code] ?? { title: 'Something went wrong', details: 'No details.', status: 400 };
}

function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}
