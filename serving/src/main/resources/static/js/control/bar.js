// What every page of numbers lets choose: cube, range, time zone, filters.

import { el, options } from '../dom.js';
import { FilterControl } from './filter.js';
import { RangeControl } from './range.js';

export class Bar {
  #app;
  #cube = el('select', { id: 'cube', 'aria-label': 'Cube' });

  constructor(app, element) {
    this.#app = app;
    this.range = new RangeControl(app);
    this.filter = new FilterControl(app);
    this.#cube.onchange = () => app.go({ cube: this.#cube.value, split: '', measures: '', number: '', filters: {}, excludes: {}, absent: [] });
    element.append(el('div', { className: 'group' }, this.#cube), this.range.element, this.filter.element);
  }

  draw() {
    options(this.#cube, this.#app.cubes.map((one) => [one.name, one.backfilling ? `${one.name} (being backfilled)` : one.name]), this.#app.state.cube);
    this.range.draw();
    this.filter.draw();
  }
}

/** A labelled select: {element, draw(entries, chosen)}. */
export function choice(id, label, onPick) {
  const select = el('select', { id, onchange: () => onPick(select.value) });
  return { element: el('label', { className: 'field' }, el('span', { className: 'label' }, label), select), draw: (entries, chosen) => options(select, entries, chosen) };
}
