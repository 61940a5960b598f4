// The keys, and the page of them that ? opens.

import { byId, el } from './dom.js';

const PAGES = ['overview', 'explore', 'top', 'heatmap', 'percentiles', 'health'];
const KEYS = [
  ['1 … 6', 'Overview, Explore, Top lists, Heat map, Percentiles, Data health'],
  ['r', 'Choose the range'],
  ['[ and ]', 'Earlier, later'],
  ['z', 'Twice as long a range'],
  ['f', 'Add a filter'],
  ['c', 'Copy the link to what is shown'],
  ['d', 'Light or dark'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
  ['← ↑ → ↓', 'Move inside a list, the heat map or the row of pages'],
];

export function listen(app, switchTheme) {
  const actions = {
    r: () => app.bar.range.open(),
    f: () => app.bar.filter.open(),
    '[': () => byId('earlier').click(),
    ']': () => byId('later').click(),
    z: () => byId('wider').click(),
    c: () => copy(app, location.href, 'The link'),
    d: switchTheme,
    '?': help,
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !app.page) return;
    if (event.target.closest('input, select, textarea, dialog, [popover]')) return;
    const page = PAGES[Number(event.key) - 1];
    const action = page ? () => app.open(page) : actions[event.key];
    if (!action || ('rf[]z'.includes(event.key) && byId('bar').hidden)) return;
    event.preventDefault();
    action();
  });
  byId('help').onclick = help;
}

function help() {
  const dialog = el('dialog', { 'aria-labelledby': 'keys-title' },
    el('h2', { id: 'keys-title' }, 'Keys'),
    el('dl', { className: 'keys' }, KEYS.map(([key, meaning]) => el('div', {}, el('dt', {}, el('kbd', {}, key)), el('dd', {}, meaning)))),
    el('p', { className: 'note' }, 'Drag across a chart to look at that part of it.'),
    el('form', { method: 'dialog' }, el('button', { className: 'strong' }, 'Close')));
  dialog.onclose = () => dialog.remove();
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  document.body.append(dialog);
  dialog.showModal();
}

/** Puts a text into the clipboard, or where there is none (an address without TLS) shows it to be copied. */
export async function copy(app, words, what) {
  try {
    await navigator.clipboard.writeText(words);
    app.say(`${what} is in the clipboard.`);
  } catch {
    const area = el('textarea', { value: words, readOnly: true, rows: 8, 'aria-label': what });
    const dialog = el('dialog', { 'aria-label': what }, area, el('form', { method: 'dialog' }, el('button', {}, 'Close')));
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}
