import { askPerson } from './control.js';
import { byId, element, showItems } from './dom.js';

/** The people that one can be. */
export function drawPeople(world) {
  showItems(
    byId('people'),
    [...world.people.values()],
    (person) => person.id,
    (person) => [
      person.name,
      person.organization,
      person.waId,
      isChosen(world, person),
      unreadOf(world, person),
      lastOf(world, person),
    ],
    (person) => drawPerson(world, person),
  );
}

export function unreadOf(world, person) {
  return world.messagesOf(person).filter(({ from, state }) => from === 'business' && state === 'delivered').length;
}

/** +30 697 4015758: enough to tell numbers apart. */
function showNumber(digits) {
  if (!digits) return 'no phone number';
  const country = ['1', '30', '49', '52', '55'].find((code) => digits.startsWith(code)) ?? digits.slice(0, 2);
  const rest = digits.slice(country.length);
  return `+${country} ${rest.slice(0, 3)} ${rest.slice(3)}`;
}

function avatar(person) {
  const initials = person.name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const hue = [...person.id].reduce((sum, character) => sum + character.codePointAt(0), 0) % 6;
  return element('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true' }, initials);
}

function drawPerson(world, person) {
  const unread = unreadOf(world, person);
  return element(
    'li',
    {},
    element(
      'button',
      {
        type: 'button',
        class: 'person',
        'aria-current': isChosen(world, person) ? 'true' : undefined,
        onclick: () => world.choose(person),
      },
      avatar(person),
      element(
        'span',
        { class: 'who' },
        element('strong', {}, person.name),
        element('span', {}, [person.organization, showNumber(person.waId)].filter(Boolean).join(' · ')),
        element('span', { class: 'last' }, lastOf(world, person)),
      ),
      unread > 0 &&
        element('span', { class: 'badge' }, String(unread), element('span', { class: 'spoken' }, ' unread')),
    ),
  );
}

function lastOf(world, person) {
  const last = world.messagesOf(person).at(-1);
  if (!last) return 'nothing said yet';
  return `${last.from === 'customer' ? 'You: ' : ''}${last.text}`;
}

function isChosen(world, person) {
  return world.chosen?.id === person.id;
}

/** Tells WhatsApp that the chat has been looked at. */
export function readChat(person) {
  return askPerson(person, '/reads');
}
