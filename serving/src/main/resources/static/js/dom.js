// Makes and updates elements. Text is always text, never markup.

export const byId = (id) => document.getElementById(id);

/** el('p', {className: 'x', 'aria-label': 'y'}, 'text', child); null and false children are left out. */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  set(element, properties);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets properties, attributes (with a dash, or role), dataset and style (custom properties, too). */
export function set(element, properties) {
  const { dataset, style, ...rest } = properties || {};
  Object.assign(element.dataset, dataset);
  for (const [name, value] of Object.entries(style || {})) element.style.setProperty(name, value);
  for (const [name, value] of Object.entries(rest)) {
    if (name.includes('-') || name === 'role') {
      if (value === null || value === false) element.removeAttribute(name);
      else element.setAttribute(name, value);
    } else if (element[name] !== value || name === 'value') element[name] = value;
  }
}

/** Sets a text only when it differs, so that nothing is announced or painted for nothing. */
export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** A tile's figure; a long one is written smaller where the tile is narrow. */
export function figure(element, value) {
  text(element, value);
  element.classList.toggle('long', value.length > 8);
}

/**
 * Makes the children of a parent those of the items, in order: children whose key stays are kept, and with them the
 * focus, what is open, and running transitions.
 */
export function keyed(parent, items, key, make, update) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let child = before.get(name);
    if (child) before.delete(name);
    else {
      child = make(item);
      child.dataset.key = name;
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
    update?.(child, item);
  }
  for (const child of before.values()) child.remove();
  // An element that is moved loses the focus.
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

/** Fills a select; entries are [value, text]. */
export function options(select, entries, chosen) {
  const same = select.options.length === entries.length && entries.every(([value, label], i) => select.options[i].value === value && select.options[i].text === label);
  if (!same) select.replaceChildren(...entries.map(([value, label]) => el('option', { value }, label)));
  if (select.value !== chosen) select.value = chosen;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
