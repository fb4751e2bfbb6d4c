import { ask } from './control.js';
import { byId, element, showItems } from './dom.js';

const shown = 40;
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What WhatsApp told the product, newest first, and what the product answered. */
export function drawLog(world) {
  showItems(
    byId('log'),
    [...world.deliveries.values()].slice(-shown).reverse(),
    (delivery) => delivery.id,
    (delivery) => [delivery.state, delivery.attempts.length, secondsToNext(delivery)],
    (delivery) => drawDelivery(world, delivery),
  );
}

/** Whether anything counts down. */
export function isCounting(world) {
  return [...world.deliveries.values()].some(({ state }) => state === 'waiting');
}

function drawDelivery(world, delivery) {
  return element(
    'li',
    { class: `delivery ${delivery.state.replace(' ', '-')}` },
    element('p', { class: 'label' }, delivery.label),
    ...delivery.attempts.slice(-4).map((attempt) => element('p', { class: 'attempt' }, describeAttempt(attempt))),
    delivery.state === 'taken' ? undefined : element('p', { class: 'attempt' }, describeWait(delivery)),
    element(
      'button',
      { type: 'button', class: 'quiet', onclick: () => world.tell(ask(`/deliveries/${delivery.id}/again`)) },
      'Send the same again',
    ),
  );
}

function describeAttempt({ at, took, answer, problem, signed }) {
  const signature = signed === 'wrong' ? ', wrong signature' : '';
  const outcome = answer === undefined ? `no answer (${problem})` : `the product answered ${answer}`;
  return `${time.format(new Date(at))}${signature}: ${outcome}, ${took} ms`;
}

function describeWait(delivery) {
  if (delivery.state === 'held') return 'Held back until the next message has gone.';
  if (delivery.state === 'waiting') return `Trying again in ${secondsToNext(delivery)} s`;
  return delivery.state === 'sending' ? 'On its way…' : 'Given up.';
}

function secondsToNext({ nextAttemptAt }) {
  return nextAttemptAt === undefined
    ? undefined
    : Math.max(0, Math.round((new Date(nextAttemptAt) - Date.now()) / 1000));
}
