import type { Entry } from '../comms/entry.ts';

/**
 * What each of Meta's error codes means here ("Error codes", developers.facebook.com, September 2026). Meta asks to go
 * by the code, not by HTTP status or title.
 *
 * - WAIT: not accepted, and worth another try.
 * - NEVER: not accepted, and no other try will be.
 * - CHANNEL: nothing can be sent at all until somebody acts.
 */
export type SendErrorClass = 'WAIT' | 'NEVER' | 'CHANNEL';

export type SendError = {
  class: SendErrorClass;
  /** For staff, in a sentence. */
  message: string;
  /** What to do now. */
  next: string;
  /** Whether a person may reasonably try again by hand. */
  retryable: boolean;
  /** How long WAIT waits. PAIR: 4^n s, this customer only. NUMBER: seconds, everybody. */
  wait?: 'PAIR' | 'NUMBER' | 'SECONDS' | 'MINUTES';
  /** After how many waits it is given up; without, after a day. */
  tries?: number;
};

/** Why a message failed, waits, or may not have gone out; null where there is nothing to say. */
export function failureOf({ status, failureCode, failureDetails }: Entry) {
  const code = failureCode ?? withoutCode[status];
  if (code === undefined) return null;
  const error = sendError(code);
  const { message, next, retryable } = error;
  const needsAdmin = error.class === 'CHANNEL' || next === ASK_ADMIN || next === REPORT;
  return { code, message, next, retryable, needsAdmin, details: failureDetails };
}

const withoutCode: Partial<Record<Entry['status'], string>> = { UNKNOWN: 'NO_ANSWER', FAILED: 'NO_REASON' };

export function sendError(code: string): SendError {
  return table[code] ?? (isPermission(code) ? permission : unlisted);
}

const ASK_ADMIN = 'Tell an admin: it has to be put right in Meta’s WhatsApp Manager.';
const TRY_LATER = 'Try again later.';
const CHECK_NUMBER = 'Check the number, or reach the customer another way.';
const REPORT = 'Tell an admin, with the details below: this is a mistake of the program or of its set-up.';

const channel = (message: string, next = ASK_ADMIN): SendError => ({
  class: 'CHANNEL',
  message,
  next,
  retryable: true,
});
const never = (message: string, next: string, retryable = false): SendError => ({
  class: 'NEVER',
  message,
  next,
  retryable,
});
const wait = (message: string, kind: SendError['wait'] & string, tries?: number): SendError => ({
  class: 'WAIT',
  message,
  next: TRY_LATER,
  retryable: true,
  wait: kind,
  ...(tries !== undefined && { tries }),
});

const token = channel(
  'WhatsApp no longer accepts the company’s access token.',
  'Tell an admin: a new access token has to be made at Meta and set as WHATSAPP_ACCESS_TOKEN.',
);
const permission = channel('The company’s access token may not send messages.');
const template = never('The message template does not fit.', REPORT);
const registration = never('The company’s number is not set up right at WhatsApp.', ASK_ADMIN, true);
const malformed = never('WhatsApp did not understand the message.', REPORT);
const unlisted = never(
  'WhatsApp refused the message.',
  'See the details, then try again or reach the customer another way.',
  true,
);

const table: Record<string, SendError> = {
  '0': token,
  '190': token,
  '3': permission,
  '10': permission,
  '131005': permission,
  '1': wait('WhatsApp could not take the message.', 'SECONDS', 1),
  '2': wait('WhatsApp is down at present.', 'SECONDS'),
  '133004': wait('WhatsApp is down at present.', 'SECONDS'),
  '4': wait('The company asks WhatsApp too much at present.', 'MINUTES'),
  '80007': wait('The company asks WhatsApp too much at present.', 'MINUTES'),
  '33': channel('The company’s number does not exist at WhatsApp any more.'),
  '133010': channel('The company’s number is not registered at WhatsApp.'),
  '131045': channel('The company’s number is not registered at WhatsApp.'),
  '100': malformed,
  '131008': malformed,
  '131009': malformed,
  '135000': malformed,
  '130429': wait('The company sends faster than WhatsApp lets it.', 'NUMBER'),
  '131056': wait('Too many messages to this customer in a short time.', 'PAIR'),
  '131048': channel('WhatsApp limits the company’s number, since too many people blocked or reported it.'),
  '131064': never('WhatsApp limits the company, since templates were in a wrong category.', ASK_ADMIN, true),
  '133016': wait('The company’s number was registered too often.', 'MINUTES'),
  '368': channel('WhatsApp has blocked the company for breaking its rules.'),
  '131031': channel('WhatsApp has locked the company’s account.'),
  '130497': never('WhatsApp does not let the company write to people in this country.', CHECK_NUMBER),
  '130403': never('The company has blocked this person on WhatsApp.', 'Unblock the person first.', true),
  '130472': never('WhatsApp keeps marketing from this person.', 'Reach the customer another way.'),
  '131000': wait('Something went wrong at WhatsApp.', 'SECONDS', 4),
  '131016': wait('WhatsApp is overloaded at present.', 'SECONDS'),
  '131021': never('This is the company’s own number.', CHECK_NUMBER),
  '131026': never('This number can’t get WhatsApp messages from the company.', CHECK_NUMBER, true),
  '131030': never('The company’s number is a test number, and may not write to this one.', ASK_ADMIN, true),
  '131035': never('The message expired before it was delivered.', 'Send it again.', true),
  '131036': never('The message expired before it was delivered.', 'Send it again.', true),
  '131037': channel('The company’s display name is not approved yet.'),
  '131042': channel('WhatsApp can’t charge the company: the payment method fails or is missing.'),
  '131047': never(
    'The customer last wrote more than 24 hours ago, so WhatsApp takes only approved templates.',
    'Wait until the customer writes, or reach them another way.',
    true,
  ),
  '131049': never(
    'WhatsApp withholds this message, so that people get fewer of its kind.',
    'Try again after a day.',
    true,
  ),
  '131050': never('The customer wants no marketing from the company.', 'Reach the customer another way.'),
  '131051': never('WhatsApp does not know this kind of message.', REPORT),
  '131052': never('WhatsApp could not fetch the file.', 'Replace the file.', true),
  '131053': never('WhatsApp did not take the file.', 'Replace the file.', true),
  '131057': wait('WhatsApp is doing maintenance on the company’s number.', 'MINUTES'),
  '131060': never('This message is not available.', TRY_LATER, true),
  '131062': never('This message needs the customer’s phone number.', 'Ask the customer for the number.'),
  '131063': never('Marketing is switched off for the company’s number.', ASK_ADMIN),
  '132000': template,
  '132001': template,
  '132005': template,
  '132007': template,
  '132008': template,
  '132012': template,
  '132015': never('The message template is paused.', ASK_ADMIN, true),
  '132016': never('The message template is disabled.', ASK_ADMIN),
  '132068': never('The form in the message is blocked.', ASK_ADMIN),
  '132069': never('The form in the message is used too often.', TRY_LATER, true),
  '133000': registration,
  '133005': registration,
  '133006': registration,
  '133008': registration,
  '133009': registration,
  '133015': registration,
  '134011': channel('The company has not accepted WhatsApp’s payment terms.'),
  '137000': never(
    'The customer’s WhatsApp identity has changed.',
    'Confirm with the customer who they are first.',
    true,
  ),
  '2593107': registration,
  '2593108': registration,
  '2593109': registration,
  // Of this program's own.
  NO_CONNECTION: wait('WhatsApp can’t be reached from here.', 'SECONDS'),
  NO_ANSWER: {
    class: 'NEVER',
    message: 'WhatsApp gave no answer: the message may or may not have gone out.',
    next: 'Ask the customer, or look at the phone. Then say whether it arrived, or try again.',
    retryable: true,
  },
  OTHER_NUMBER: never(
    'This was written to go out by another number of the company than it has now.',
    'Try again to send it by the present number.',
    true,
  ),
  NO_REASON: never('WhatsApp did not deliver the message, and gave no reason.', TRY_LATER, true),
  NOT_ARRIVED: never('A colleague found that it did not arrive.', 'Try again.', true),
};

/** Meta keeps 200 to 299 for missing permissions. */
function isPermission(code: string): boolean {
  return /^2\d\d$/.test(code);
}
