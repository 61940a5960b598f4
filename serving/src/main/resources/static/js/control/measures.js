// Picks measures, and percentiles that nobody declared.

import { el, text } from '../dom.js';
import { count, measureName } from '../format.js';
import { list, measureOf } from '../state.js';
import { popover } from './popover.js';
import { roving } from './roving.js';

/** A button with all measures of a cube to tick; at least one stays. onPick gets their names. */
export class MeasurePicker {
  #app;
  #picker;
  #onPick;

  constructor(app, onPick) {
    this.#app = app;
    this.#onPick = onPick;
    this.#picker = popover('', (panel) => this.#fill(panel), { name: 'Measures', button: { id: 'measures', className: 'pick' } });
    this.element = el('span', { className: 'field' }, el('span', { className: 'label' }, 'Measures'), this.#picker.button, this.#picker.panel);
  }

  draw() {
    const names = list(this.#app.state.measures).map(measureName);
    text(this.#picker.button, names.length > 2 ? `${names[0]} and ${count(names.length - 1, 'other')}` : names.join(', '));
    this.#picker.button.setAttribute('aria-label', `Measures: ${names.join(', ')}`);
  }

  #fill(panel) {
    const cube = this.#app.cube();
    const chosen = list(this.#app.state.measures);
    const more = chosen.filter((name) => !cube.measures.some((one) => one.name === name));
    const boxes = el('ul', { className: 'values', 'aria-label': 'Measures' });
    const pick = (names) => {
      this.#onPick(names);
      this.#fill(panel);
    };
    for (const { name, exact } of [...cube.measures, ...more.map((name) => measureOf(cube, name))]) {
      const box = el('input', { type: 'checkbox', checked: chosen.includes(name), value: name });
      box.disabled = box.checked && chosen.length === 1;
      box.onchange = () => {
        pick(box.checked ? [...chosen, name] : chosen.filter((one) => one !== name));
        panel.querySelector(`input[value="${CSS.escape(name)}"]`)?.focus();
      };
      boxes.append(el('li', {}, el('label', {}, box, el('span', { className: 'name' }, measureName(name)), el('span', { className: 'amount' }, exact ? 'exact' : 'estimate'))));
    }
    panel.replaceChildren(boxes, ...percentileForm(cube, (name) => pick([...new Set([...chosen, name])])));
    roving(boxes, 'input')();
  }
}

/** A field for any percentile of the numbers that have a sketch. */
function percentileForm(cube, onAdd) {
  const numbers = sketched(cube);
  if (!numbers.length) return [];
  const percent = el('input', { type: 'number', name: 'percent', min: 0.01, max: 99.99, step: 'any', value: '99.9', required: true, 'aria-label': 'Percent' });
  const of = el('select', { name: 'of', 'aria-label': 'Number' }, numbers.map((name) => el('option', { value: name }, name)));
  return [el('form', {
    className: 'row',
    onsubmit: (event) => {
      event.preventDefault();
      onAdd(`${of.value}_p${Number(percent.value)}`);
    },
  }, el('span', {}, 'percentile'), percent, el('span', {}, 'of'), of, el('button', {}, 'Add'))];
}

/** The numbers of a cube that have percentiles. */
export const sketched = (cube) => [...new Set(cube.measures.filter((one) => one.kind === 'percentile').map((one) => one.of))];
