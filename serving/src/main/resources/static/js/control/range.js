// The range and the time zone.

import { el, options, text } from '../dom.js';
import { bounds, moved, PRESETS, rangeName, resolve, widened } from '../range.js';
import { isZone, local } from '../time.js';
import { popover } from './popover.js';

const OFTEN = ['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, 'Europe/London', 'Europe/Zurich', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo'];

export class RangeControl {
  #app;
  #picker;
  #zone = el('select', { id: 'zone', 'aria-label': 'Time zone' });

  constructor(app) {
    this.#app = app;
    this.#picker = popover('', (panel) => this.#fill(panel), { name: 'Range', button: { id: 'range', className: 'pick' } });
    this.#zone.onchange = () => (this.#zone.value === 'other' ? this.#askZone() : app.go({ tz: this.#zone.value }));
    const step = (id, label, sign, to) => el('button', { id, type: 'button', className: 'icon', 'aria-label': label, title: label, onclick: to }, sign);
    const shown = () => bounds(app.state, app.span);
    this.element = el('div', { className: 'group', role: 'group', 'aria-label': 'Range' },
      step('earlier', 'Earlier ([)', '‹', () => app.go(moved(shown(), -1))),
      this.#picker.button, this.#picker.panel,
      step('later', 'Later (])', '›', () => app.go(moved(shown(), 1))),
      step('wider', 'Twice as long (z)', '⤢', () => app.go(widened(shown()))),
      this.#zone);
  }

  draw() {
    const { state } = this.#app;
    text(this.#picker.button, rangeName(state));
    const zones = [...new Set([...OFTEN, state.tz])];
    options(this.#zone, [...zones.map((zone) => [zone, zone.replaceAll('_', ' ')]), ['other', 'other …']], state.tz);
  }

  open() {
    this.#picker.button.focus();
    this.#picker.button.click();
  }

  #askZone() {
    this.#zone.value = this.#app.state.tz;
    const list = el('datalist', { id: 'zones' }, Intl.supportedValuesOf('timeZone').map((value) => el('option', { value })));
    const field = el('input', { type: 'text', name: 'zone', required: true, placeholder: 'Africa/Nairobi' });
    field.setAttribute('list', 'zones');
    const dialog = el('dialog', { 'aria-label': 'Time zone' },
      el('form', {
        method: 'dialog',
        className: 'lines',
        onsubmit: (event) => {
          if (!isZone(field.value)) {
            field.setCustomValidity(`There is no time zone ${field.value}; write a name such as Africa/Nairobi`);
            event.preventDefault();
            field.reportValidity();
          } else this.#app.go({ tz: field.value });
        },
      }, el('label', {}, 'Time zone ', field), list, el('button', { className: 'strong' }, 'Use it')));
    field.oninput = () => field.setCustomValidity('');
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  }

  #fill(panel) {
    const { state, span } = this.#app;
    const close = (changes) => {
      panel.hidePopover();
      this.#app.go(changes);
    };
    const range = bounds(state, span);
    const from = el('input', { type: 'datetime-local', name: 'from', value: local(range.from, state.tz), required: true });
    const to = el('input', { type: 'datetime-local', name: 'to', value: local(range.to, state.tz), required: true });
    const relative = el('input', { type: 'text', name: 'relative', placeholder: 'now-3d/d', spellcheck: false, autocomplete: 'off' });
    const wrong = el('p', { className: 'wrong', role: 'alert' });
    panel.replaceChildren(
      el('ul', { className: 'presets' }, PRESETS.map(([start, end, name]) => {
        const pressed = start === state.from && end === state.to;
        return el('li', {}, el('button', { type: 'button', 'aria-pressed': String(pressed), dataset: pressed ? { first: '' } : {}, onclick: () => close({ from: start, to: end }) }, name));
      })),
      el('form', {
        className: 'lines',
        onsubmit: (event) => {
          event.preventDefault();
          if (from.value < to.value) close({ from: from.value, to: to.value });
          else wrong.textContent = 'The end must be after the beginning.';
        },
      },
        el('label', {}, 'from ', from), el('label', {}, 'to ', to),
        el('p', { className: 'note' }, `in ${state.tz}; the end is not included`), el('button', {}, 'Show these times')),
      el('form', {
        className: 'lines',
        onsubmit: (event) => {
          event.preventDefault();
          const at = resolve(relative.value.trim(), Date.now(), state.tz);
          if (relative.value.trim().startsWith('now') && at < Date.now()) close({ from: relative.value.trim(), to: 'now' });
          else wrong.textContent = 'Write now, a minus, a number and one of m h d w M, such as now-36h, now-1d-2h or now-2w/w.';
        },
      }, el('label', {}, 'since ', relative), wrong, el('button', {}, 'Show until now')));
  }
}
