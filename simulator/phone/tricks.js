import { ask, askPerson } from './control.js';
import { byId, element } from './dom.js';

const travels = [
  ['arrives as it should', {}],
  ['arrives three times, in the same body', { copies: 3 }],
  ['arrives again, in another body', { inAnotherBody: true }],
  ['arrives three hours late', { hoursAgo: 3 }],
  ['arrives after the one that follows it', { afterNext: true }],
  ['comes with a wrong signature, then with the right one', { wrongSignatureFirst: true }],
];

const habits = [
  ['online', 'On the net'],
  ['reading', 'The chat is open: reads at once'],
  ['readReceipts', 'Read receipts'],
  ['blocked', 'Blocks the business'],
  ['showsNumber', 'WhatsApp shares the phone number'],
];

const answers = [
  ['is refused: nobody with that number on WhatsApp (131026)', { answer: 131026 }],
  ['is refused: more than 24 hours since you wrote (131047)', { answer: 131047 }],
  ['is accepted, then fails: more than 24 hours (131047)', { statuses: ['failed:131047'] }],
  ['is refused: too many to the same person (131056)', { answer: 131056 }],
  ['is refused: too many altogether (130429)', { answer: 130429 }],
  ['is refused: the access token is invalid (190)', { answer: 190 }],
  ['is refused: server error (500)', { answer: 'server-error' }],
  ['goes out, but the answer is a web page', { answer: 'html' }],
  ['goes out, but the answer is empty', { answer: 'empty' }],
  ['goes out, but no answer ever comes', { answer: 'hang' }],
  ['goes out, but the connection breaks', { answer: 'drop' }],
  ['goes out, no answer, and no news of it either', { answer: 'hang', statuses: [] }],
  ['is told read, then delivered, then sent', { statuses: ['read', 'delivered', 'sent'] }],
  ['is told read, without delivered', { statuses: ['sent', 'read'] }],
  ['has every tick told twice', { statuses: ['sent', 'sent', 'delivered', 'delivered', 'read', 'read'] }],
  ['has its ticks told before the answer', { statuses: ['sent', 'delivered'], statusesFirst: true }],
  ['is sent, then fails after all (131026)', { statuses: ['sent', 'failed:131026'] }],
];

/** The ways in which WhatsApp and phones are awkward. */
export function prepareTricks(world) {
  byId('travel').append(
    ...travels.map(([label], index) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'travel',
          value: String(index),
          checked: index === 0,
          onchange: () => world.nextTravel(travels[index][1]),
        }),
        label,
      ),
    ),
  );
  byId('habits').append(
    ...habits.map(([name, label]) =>
      element(
        'label',
        {},
        element('input', {
          type: 'checkbox',
          name,
          role: 'switch',
          onchange: ({ target }) => world.tell(askPerson(world.chosen, '/habits', { [name]: target.checked })),
        }),
        label,
      ),
    ),
  );
  byId('answer').append(...answers.map(([label], index) => element('option', { value: String(index) }, label)));
  byId('plan').addEventListener('click', () => world.tell(ask('/answers', [answers[byId('answer').value][1]])));
  byId('batch').addEventListener('click', () => {
    const texts = Array.from({ length: 20 }, (_, index) => `Message ${index + 1} of 20`);
    world.tell(askPerson(world.chosen, '/batch', { texts, travel: world.takeTravel() }));
  });
  byId('verify').addEventListener('click', async () => {
    const { verified, answer } = await world.tell(ask('/verification'));
    byId('verified').textContent = verified
      ? 'The product echoed the challenge: the address and the verify token are right.'
      : `The product did not echo the challenge (${answer}).`;
  });
}

export function drawTricks(world) {
  for (const [name] of habits) {
    const box = byId('habits').querySelector(`[name=${name}]`);
    box.checked = world.chosen?.[name] ?? false;
    if (name === 'showsNumber') box.disabled = !world.chosen?.waId;
  }
  byId('travel').querySelectorAll('input')[travels.findIndex(([, travel]) => travel === world.travel)].checked = true;
  drawPlanned(world);
}

export const normalTravel = travels[0][1];

function drawPlanned(world) {
  const planned = byId('planned');
  planned.replaceChildren();
  if (world.answers.length === 0) return;
  const count = world.answers.length;
  planned.append(
    count === 1 ? 'It waits for the next reply from the product. ' : `It waits for the next ${count} replies. `,
    element(
      'button',
      { type: 'button', class: 'quiet', onclick: () => world.tell(ask('/answers', {}, 'DELETE')) },
      'Forget it',
    ),
  );
}
