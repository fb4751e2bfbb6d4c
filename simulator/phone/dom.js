/** An element with attributes, listeners (`onclick`) and children. Strings become text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false && child !== ''));
  return made;
}

export function icon(name, looks) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', looks);
  svg.append(use);
  return svg;
}

/** Words for screen readers alone. */
export function spoken(words) {
  return element('span', { class: 'spoken' }, words);
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Makes the list show these items in this order, keeping the elements of those that look the same as before: focus,
 * and what a screen reader has read, stay.
 */
export function showItems(list, items, keyOf, looksOf, draw) {
  const before = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let place = list.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const looks = JSON.stringify(looksOf(item));
    let shown = before.get(key);
    before.delete(key);
    if (shown?.dataset.looks !== looks) {
      const drawn = draw(item);
      drawn.dataset.key = key;
      drawn.dataset.looks = looks;
      if (shown) {
        const focused = shown.contains(document.activeElement);
        if (place === shown) place = drawn;
        shown.replaceWith(drawn);
        if (focused) drawn.querySelector('button')?.focus();
      }
      shown = drawn;
    }
    if (shown === place) place = place.nextSibling;
    else list.insertBefore(shown, place);
  }
  for (const gone of before.values()) gone.remove();
}
