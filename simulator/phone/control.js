/** Asks the simulator for something; what goes wrong is told on the page. */
export async function ask(path, body = {}, method = 'POST') {
  const answer = await fetch(`/simulator${path}`, {
    method,
    ...(method === 'POST' && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail ?? told.message ?? `The simulator answered ${answer.status}.`);
  return told;
}

export function askPerson(person, path, body) {
  return ask(`/people/${encodeURIComponent(person.id)}${path}`, body);
}

/** Follows what happens: the whole state at first and after each interruption, then every change. */
export function follow({ onState, onChange, onLink }) {
  const events = new EventSource('/simulator/events');
  events.addEventListener('open', () => onLink(true));
  events.addEventListener('error', () => onLink(false));
  events.addEventListener('state', ({ data }) => onState(JSON.parse(data)));
  events.addEventListener('change', ({ data }) => onChange(JSON.parse(data)));
}
