import { drawChat, prepareChat } from './chat.js';
import { drawComposer, prepareComposer } from './composer.js';
import { ask, follow } from './control.js';
import { drawLog, isCounting } from './delivery-log.js';
import { byId } from './dom.js';
import { drawPeople } from './people-list.js';
import { drawTricks, normalTravel, prepareTricks } from './tricks.js';

/** What the page knows, and what its parts can do to it. */
const world = {
  business: undefined,
  people: new Map(),
  messages: new Map(),
  deliveries: new Map(),
  answers: [],
  chosen: undefined,
  quoting: undefined,
  travel: normalTravel,

  messagesOf(person) {
    return [...(world.messages.get(person?.id)?.values() ?? [])].sort((one, other) => one.at.localeCompare(other.at));
  },
  choose(person) {
    world.chosen = person;
    world.quoting = undefined;
    history.replaceState(null, '', `#${person.id}`);
    show('phone');
    drawSoon();
    byId('words').focus();
  },
  quote(message) {
    world.quoting = message;
    drawSoon();
    if (message) byId('words').focus();
  },
  nextTravel(travel) {
    world.travel = travel;
  },
  /** How the next message travels; the one after it travels as it should. */
  takeTravel() {
    const { travel } = world;
    world.travel = normalTravel;
    drawSoon();
    return travel;
  },
  /** Waits for the simulator, and says it when it refused. */
  async tell(asked) {
    try {
      return await asked;
    } catch (error) {
      say(error.message);
      throw error;
    }
  },
};

prepareChat(world);
prepareComposer(world);
prepareTricks(world);
for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => show(button.dataset.show));
}
show('phone');
byId('make-up').addEventListener('click', async () => {
  const person = await world.tell(ask('/people'));
  world.people.set(person.id, person);
  world.choose(person);
});

follow({
  onState(state) {
    world.business = state.business;
    world.people = new Map(state.people.map((person) => [person.id, person]));
    world.messages = new Map();
    for (const message of state.messages) keepMessage(message);
    world.deliveries = new Map(state.deliveries.map((delivery) => [delivery.id, delivery]));
    world.answers = state.answers;
    const wanted = world.chosen?.id ?? decodeURIComponent(location.hash.slice(1));
    world.chosen = world.people.get(wanted) ?? world.people.values().next().value;
    drawSoon();
  },
  onChange({ person, message, delivery, answers }) {
    if (person) {
      world.people.set(person.id, person);
      if (world.chosen?.id === person.id) world.chosen = person;
    }
    if (message) keepMessage(message);
    if (delivery) world.deliveries.set(delivery.id, delivery);
    if (answers) world.answers = answers;
    drawSoon();
  },
  onLink(linked) {
    say(linked ? '' : 'The simulator does not answer. Waiting for it…');
  },
});

setInterval(() => {
  if (isCounting(world)) drawLog(world);
}, 1000);

let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawPeople(world);
    drawChat(world);
    drawComposer(world);
    drawTricks(world);
    drawLog(world);
  });
}

function keepMessage(message) {
  if (!world.messages.has(message.personId)) world.messages.set(message.personId, new Map());
  world.messages.get(message.personId).set(message.wamid, message);
}

function show(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll('[data-show]')) {
    button.setAttribute('aria-pressed', String(button.dataset.show === view));
  }
}

function say(words) {
  byId('link').textContent = words;
}
