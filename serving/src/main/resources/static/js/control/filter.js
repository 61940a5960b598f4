// The filters: one chip each, and a panel to find values by searching.

import { get } from '../api.js';
import { el, keyed, options, text } from '../dom.js';
import { count, short, valueName } from '../format.js';
import { path, rows } from '../question.js';
import { filtersBut, isFiltered, listed, toggled } from '../state.js';
import { popover } from './popover.js';
import { roving } from './roving.js';

const LOADED = 1000;
const SHOWN = 60;

export class FilterControl {
  #app;
  #picker;
  #chips = el('ul', { className: 'chips', 'aria-label': 'Filters' });
  #dimension = '';
  #excluding = false;

  constructor(app) {
    this.#app = app;
    this.#picker = popover('+ Filter', (panel) => this.#fill(panel), { name: 'Filters', button: { id: 'add-filter', className: 'pick' } });
    this.element = el('div', { className: 'group' }, this.#picker.button, this.#picker.panel, this.#chips);
  }

  open() {
    this.#picker.button.focus();
    this.#picker.button.click();
  }

  draw() {
    const chips = listed(this.#app.state);
    this.#chips.hidden = !chips.length;
    keyed(this.#chips, chips, (one) => JSON.stringify(one), (one) => {
      const name = `${one.dimension} ${one.excluded ? '≠' : '='} ${valueName(one.value)}`;
      return el('li', {}, el('button', {
        type: 'button',
        className: one.excluded ? 'chip excluded' : 'chip',
        'aria-label': `Remove filter ${name}`,
        onclick: () => this.#press(one),
      }, `${name} ✕`));
    });
  }

  #press(filter) {
    this.#app.go(toggled(this.#app.state, filter));
  }

  #fill(panel) {
    const cube = this.#app.cube();
    if (!cube.dimensions.includes(this.#dimension)) this.#dimension = cube.dimensions[0];
    const dimension = el('select', { 'aria-label': 'Dimension' });
    options(dimension, cube.dimensions.map((name) => [name, name]), this.#dimension);
    const mode = el('select', { 'aria-label': 'Condition' });
    options(mode, [['is', 'is one of'], ['not', 'is none of']], this.#excluding ? 'not' : 'is');
    const search = el('input', { type: 'search', placeholder: 'Search a value', 'aria-label': 'Search a value', dataset: { first: '' }, autocomplete: 'off', spellcheck: false });
    const list = el('ul', { className: 'values', 'aria-label': 'Values' });
    const note = el('p', { className: 'note', role: 'status' }, 'Loading …');
    const rove = roving(list, 'input');
    let loaded = [];
    let complete = true;
    const draw = () => {
      const wanted = search.value.trim().toLowerCase();
      const found = loaded.filter(({ value }) => valueName(value).toLowerCase().includes(wanted));
      const typed = search.value.trim() && !loaded.some(({ value }) => value === search.value.trim());
      const shown = [...found.slice(0, SHOWN), ...(typed ? [{ value: search.value.trim(), typed: true }] : [])];
      keyed(list, shown, (one) => (one.value === null ? 'none' : `=${one.value}`), () => el('li', {}, el('label', {}, el('input', { type: 'checkbox' }), el('span', { className: 'name' }), el('span', { className: 'amount' }))), (item, one) => {
        const [box, name, amount] = item.firstChild.children;
        const filter = { dimension: this.#dimension, value: one.value, excluded: this.#excluding };
        box.checked = isFiltered(this.#app.state, filter);
        box.disabled = one.value === null && this.#excluding;
        box.onchange = () => {
          this.#press(filter);
          draw();
        };
        text(name, one.typed ? `“${one.value}” as written` : valueName(one.value));
        text(amount, one.typed ? '' : short(one.events));
      });
      rove();
      const hidden = found.length - SHOWN;
      text(note, hidden > 0 ? `${count(hidden, 'more value')}: search for it` : !complete ? `The ${LOADED} most frequent values are searched.` : found.length || typed ? '' : 'No event in this range has one.');
    };
    const load = async () => {
      const asked = this.#dimension;
      loaded = [];
      text(note, 'Loading …');
      list.replaceChildren();
      const state = { ...this.#app.state, ...filtersBut(this.#app.state, asked) };
      try {
        const answer = await get(path(state.cube), rows(state, this.#app.span, { granularity: 'total', dimensions: asked, measures: 'event_count', order: '-event_count', limit: LOADED }));
        if (asked !== this.#dimension) return;
        loaded = answer.rows.map((row) => ({ value: row.dimensions[asked], events: row.measures.event_count }));
        complete = answer.next_offset === null;
        draw();
      } catch (failure) {
        text(note, failure.message);
      }
    };
    dimension.onchange = () => {
      this.#dimension = dimension.value;
      search.value = '';
      load();
    };
    mode.onchange = () => {
      this.#excluding = mode.value === 'not';
      draw();
    };
    search.oninput = draw;
    search.onkeydown = (event) => {
      const first = list.querySelector('input:not(:disabled)');
      if (event.key === 'ArrowDown' && first) {
        event.preventDefault();
        first.focus();
      } else if (event.key === 'Enter' && first) {
        event.preventDefault();
        first.click();
      }
    };
    panel.replaceChildren(el('div', { className: 'row' }, dimension, mode), search, list, note);
    load();
  }
}
