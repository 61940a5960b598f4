// A top list: the largest values of one dimension over the range. A value can be pressed to filter by it.

import { get } from './api.js';
import { Asker } from './asker.js';
import { el, keyed, set, text } from './dom.js';
import { change, digits, measureName, number, share, short, valueName } from './format.js';
import { path, rows } from './question.js';
import { filtersBut, isFiltered, measureOf, toggled } from './state.js';

export class TopList {
  #app;
  #dimension;
  #shown;
  #asker;
  #title = el('h2', {});
  #list = el('ol', { className: 'toplist' });
  #note = el('p', { className: 'note' });

  constructor(app, dimension, shown) {
    this.#app = app;
    this.#dimension = dimension;
    this.#shown = shown;
    this.element = el('section', { className: 'card', 'aria-label': `Top ${dimension}` }, el('div', { className: 'card-head' }, this.#title), this.#list, this.#note);
    this.#asker = new Asker(app, this.#list);
  }

  show(measure) {
    text(this.#title, this.#dimension);
    return this.#asker.ask(...this.#question(measure));
  }

  again(measure) {
    return this.#asker.again(...this.#question(measure));
  }

  leave() {
    this.#asker.leave();
  }

  #question(name) {
    const { state, span } = this.#app;
    const measure = measureOf(this.#app.cube(), name);
    // The list's own filter is left out, so that its other values stay in sight.
    const seen = { ...state, ...filtersBut(state, this.#dimension) };
    const query = rows(seen, span, {
      granularity: 'total', dimensions: this.#dimension, measures: name, order: `-${name}`, limit: this.#shown,
      compare: state.from === 'all' ? null : 'previous', totals: measure.additive ? 'true' : null,
    });
    return [(signal) => get(path(state.cube), query, signal), (answer) => this.#draw(answer, measure)];
  }

  #draw(answer, measure) {
    const amount = (row) => row.measures[measure.name];
    const largest = Math.max(...answer.rows.map((row) => amount(row) || 0), 0);
    const total = answer.totals?.measures?.[measure.name];
    keyed(this.#list, answer.rows, (row) => `${row.dimensions[this.#dimension] ?? ' none'}`, () =>
      el('li', {}, el('button', { type: 'button' },
        el('span', { className: 'bar-of' }), el('span', { className: 'name' }), el('span', { className: 'amount' }), el('span', { className: 'share' }), el('span', { className: 'change' }))),
    (item, row) => {
      const value = row.dimensions[this.#dimension];
      const filter = { dimension: this.#dimension, value };
      const pressed = isFiltered(this.#app.state, filter);
      const moved = change(amount(row), row.compared?.[measure.name]);
      const [bar, name, number_, part, against] = item.firstChild.children;
      set(item.firstChild, {
        'aria-pressed': String(pressed),
        title: `${valueName(value)}: ${number(digits(row.measures, measure.name))}. ${pressed ? 'Press to remove this filter' : `Press for ${valueName(value)} only`}`,
        onclick: () => this.#app.go(toggled(this.#app.state, filter)),
      });
      set(bar, { style: { width: `${largest > 0 ? (100 * Math.max(amount(row) || 0, 0)) / largest : 0}%` } });
      name.className = value === null || value === '' ? 'name none' : 'name';
      text(name, valueName(value));
      text(number_, short(amount(row)));
      text(part, measure.additive ? share(amount(row), total) : '');
      text(against, moved ? moved.text : '');
      set(against, { className: `change ${moved ? moved.way : ''}`, title: moved ? 'against the period before' : '' });
    });
    text(this.#note, !answer.rows.length ? 'Nothing in this range.' : answer.next_offset === null ? '' : `The ${this.#shown} largest by ${measureName(measure.name)}.`);
  }
}
