import { askPerson } from './control.js';
import { byId, element, icon, showItems, spoken } from './dom.js';
import { readChat, unreadOf } from './people-list.js';

const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const reactions = ['👍', '❤️', '😂', '🙏'];

/** The phone's screen: whom one plays, and what was said. */
export function drawChat(world) {
  const person = world.chosen;
  byId('phone-subtitle').textContent = isTyping(person) ? 'typing…' : (world.business?.displayPhoneNumber ?? '');
  byId('playing').textContent = person ? `You are ${person.name}` : '';
  if (!person) return;
  drawUnread(world, person);

  const screen = byId('screen');
  const atEnd =
    screen.dataset.person !== person.id || screen.scrollHeight - screen.scrollTop - screen.clientHeight < 80;
  screen.dataset.person = person.id;
  showItems(
    byId('chat'),
    withDays(world.messagesOf(person)),
    (item) => `${person.id} ${item.day ?? item.wamid}`,
    (item) => [item, item.replyTo && quoted(world, item)],
    (item) => (item.day ? element('li', { class: 'day' }, item.day) : drawMessage(world, item)),
  );
  if (atEnd) screen.scrollTop = screen.scrollHeight;
}

export function prepareChat(world) {
  byId('unread')
    .querySelector('button')
    .addEventListener('click', () => world.tell(readChat(world.chosen)));
}

function drawUnread(world, person) {
  const unread = unreadOf(world, person);
  const bar = byId('unread');
  bar.hidden = unread === 0;
  bar.querySelector('span').textContent =
    `${unread === 1 ? '1 message is' : `${unread} messages are`} on the phone, not read yet.`;
  bar.querySelector('button').disabled = !person.readReceipts;
}

function withDays(messages) {
  let last;
  return messages.flatMap((message) => {
    const name = day.format(new Date(message.at));
    const items = name === last ? [message] : [{ day: name }, message];
    last = name;
    return items;
  });
}

function drawMessage(world, message) {
  const mine = message.from === 'customer';
  const trouble = mine ? undefined : troubleOf(message);
  return element(
    'li',
    { class: `message ${mine ? 'mine' : 'theirs'}${trouble ? ' never' : ''}` },
    element(
      'div',
      { class: 'bubble' },
      spoken(mine ? 'You: ' : 'The business: '),
      message.replyTo && element('blockquote', {}, quoted(world, message)),
      element('p', { class: 'text' }, message.text),
      trouble && element('p', { class: 'trouble' }, trouble),
      element(
        'p',
        { class: 'meta' },
        element('time', { datetime: message.at }, time.format(new Date(message.at))),
        mine && drawTicks(message.state),
      ),
      message.reaction && element('span', { class: 'reaction' }, spoken('Reaction: '), message.reaction),
    ),
    drawActions(world, message),
  );
}

function drawTicks(state) {
  const [name, words] = {
    pending: ['clock', 'The product has not taken it yet'],
    delivered: ['ticks', 'The product has it'],
    read: ['ticks', 'The business has read it'],
  }[state] ?? ['clock', state];
  const ticks = element('span', { class: `ticks ${state}`, title: words }, spoken(words));
  ticks.prepend(icon(name, 'tick'));
  return ticks;
}

function drawActions(world, message) {
  const react = (emoji) =>
    world.tell(
      askPerson(world.chosen, '/messages', {
        type: 'reaction',
        content: { messageId: message.wamid, ...(emoji && { emoji }) },
        travel: world.takeTravel(),
      }),
    );
  return element(
    'details',
    { class: 'actions' },
    element('summary', {}, icon('dots', 'dots'), spoken('What to do with this message')),
    element('button', { type: 'button', class: 'quiet', onclick: () => world.quote(message) }, 'Quote'),
    ...reactions.map((emoji) =>
      element(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': `React with ${emoji}`, onclick: () => react(emoji) },
        emoji,
      ),
    ),
    message.reaction &&
      element('button', { type: 'button', class: 'quiet', onclick: () => react() }, 'Take the reaction back'),
  );
}

function quoted(world, message) {
  return (
    world.messagesOf(world.chosen).find(({ wamid }) => wamid === message.replyTo)?.text ?? 'A message that is gone'
  );
}

function troubleOf({ state, blocked, errorCode }) {
  if (blocked) return 'Never arrives: you blocked the business.';
  if (state === 'failed') return `Never arrived: WhatsApp refused it later, with code ${errorCode}.`;
  if (state === 'pending') return 'WhatsApp has it, and has said nothing of it yet.';
  return state === 'sent' ? 'Waits at WhatsApp until the phone is on the net.' : undefined;
}

function isTyping(person) {
  return person?.typingUntil !== undefined && new Date(person.typingUntil) > new Date();
}
