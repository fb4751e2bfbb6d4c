import { askPerson } from './control.js';
import { byId, element } from './dom.js';

/** Everything but a text: what the button says, and what is sent with the words in the box. */
const kinds = [
  ['Photo', 'image', (caption) => ({ caption })],
  ['Video', 'video', (caption) => ({ caption })],
  ['Voice message', 'audio', () => ({})],
  ['Document', 'document', (caption) => ({ caption })],
  ['Location', 'location', (name) => ({ name: name || 'Syntagma Square, Athens' })],
  ['Contact card', 'contacts', (name) => ({ name: name || undefined })],
  ['Sticker', 'sticker', () => ({})],
  ['Press a button', 'interactive', (title) => ({ reply: 'button', title: title || 'Yes, please' })],
  ['Choose from a list', 'interactive', (title) => ({ reply: 'list', title: title || 'Delivery on Friday' })],
  ['Answer a template', 'button', (text) => ({ text: text || 'Confirm' })],
  ['Order', 'order', (text) => ({ text: text || undefined })],
  ['Poll (businesses get no polls)', 'unsupported', () => ({ kind: 'poll_creation' })],
];

export function prepareComposer(world) {
  const words = byId('words');
  const send = (type, content) => {
    const travel = { ...world.takeTravel(), ...(world.quoting && { replyTo: world.quoting.wamid }) };
    world.tell(askPerson(world.chosen, '/messages', { type, content, travel }));
    words.value = '';
    fit(words);
    world.quote(undefined);
    openKinds(false);
    words.focus();
  };
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    if (words.value.trim() !== '') send('text', { body: words.value });
  });
  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId('composer').requestSubmit();
  });
  words.addEventListener('input', () => fit(words));

  byId('more').addEventListener('click', () => openKinds(byId('kinds').hidden));
  byId('kinds').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    openKinds(false);
    byId('more').focus();
  });
  byId('kinds').append(
    ...kinds.map(([label, type, contentOf]) =>
      element('button', { type: 'button', onclick: () => send(type, contentOf(words.value.trim())) }, label),
    ),
    element('button', { type: 'button', onclick: () => changeNumber(world) }, 'Move to a new number'),
  );
  byId('replying')
    .querySelector('button')
    .addEventListener('click', () => world.quote(undefined));
}

export function drawComposer(world) {
  byId('replying').hidden = world.quoting === undefined;
  byId('replying').querySelector('span').textContent = world.quoting ? `Quoting “${world.quoting.text}”` : '';
}

function openKinds(open) {
  byId('kinds').hidden = !open;
  byId('more').setAttribute('aria-expanded', String(open));
  if (open) byId('kinds').querySelector('button').focus();
}

function changeNumber(world) {
  const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
  world.tell(askPerson(world.chosen, '/number', { phone: `30698${digits}` }));
  openKinds(false);
}

function fit(words) {
  words.style.height = 'auto';
  words.style.height = `${Math.min(words.scrollHeight, 140)}px`;
}
