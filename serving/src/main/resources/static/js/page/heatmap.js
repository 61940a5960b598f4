// Heat map: a measure by hour of the day and weekday, in the time zone that is chosen.

import { get } from '../api.js';
import { Asker } from '../asker.js';
import { choice } from '../control/bar.js';
import { roving } from '../control/roving.js';
import { el, set, text } from '../dom.js';
import { showEmpty } from '../empty.js';
import { count, measureName, number, short } from '../format.js';
import { path, rows } from '../question.js';
import { list, measureOf } from '../state.js';
import { tiled } from '../tiles.js';
import { wall } from '../time.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export class HeatMap {
  static id = 'heatmap';
  static title = 'Heat map';
  static key = '4';
  static numbers = true;

  #app;
  #measure;
  #title = el('h2');
  #note = el('p', { className: 'note' });
  #body = el('tbody');
  #empty = el('div');
  #box;
  #asker;
  #rove;

  constructor(app) {
    this.#app = app;
    this.#measure = choice('measure', 'Measure', (measures) => app.go({ measures }));
    const table = el('table', { className: 'heat', 'aria-label': 'By weekday and hour' },
      el('thead', {}, el('tr', {}, el('td'), HOURS.map((hour, i) => el('th', { scope: 'col', className: i % 3 ? 'minor' : '' }, hour)))), this.#body);
    this.#body.append(...DAYS.map((day) => el('tr', {}, el('th', { scope: 'row' }, day), HOURS.map(() => el('td', { tabIndex: -1 })))));
    this.#box = el('div', {}, table, el('p', { className: 'heat-scale' }, el('span', {}, 'less'), el('i'), el('span', {}, 'more')));
    this.element = el('div', { className: 'page' },
      el('div', { className: 'page-head' }, el('h1', {}, 'Heat map'), this.#measure.element),
      el('section', { className: 'card', 'aria-label': 'Heat map' }, el('div', { className: 'card-head' }, this.#title), this.#box, this.#empty, this.#note));
    this.#asker = new Asker(app, this.#box);
    this.#rove = roving(this.#body, 'td', 24);
    this.repeats = [[() => this.#asker.again(...this.#question()), 15_000]];
  }

  show() {
    this.#measure.draw(tiled(this.#app.cube()).map((one) => [one.name, measureName(one.name)]), this.#name());
    this.#rove();
    return this.#asker.ask(...this.#question());
  }

  leave() {
    this.#asker.leave();
  }

  #name() {
    return list(this.#app.state.measures)[0];
  }

  #question() {
    const { state, span } = this.#app;
    const query = rows(state, span, { granularity: 'hour', measures: this.#name(), limit: 20_000 });
    return [(signal) => get(path(state.cube), query, signal), (answer) => this.#draw(answer)];
  }

  #draw(answer) {
    const { state } = this.#app;
    const measure = measureOf(this.#app.cube(), this.#name());
    const cells = DAYS.map(() => HOURS.map(() => []));
    for (const row of answer.rows) {
      const at = new Date(wall(Date.parse(row.bucket), state.tz));
      const value = row.measures[measure.name];
      if (value !== null && value !== undefined) cells[(at.getUTCDay() + 6) % 7][at.getUTCHours()].push(value);
    }
    const values = cells.map((day) => day.map((hours) => combined(hours, measure.kind)));
    const all = values.flat().filter((value) => value !== null);
    const [low, high] = [Math.min(...all, measure.additive ? 0 : Infinity), Math.max(...all)];
    showEmpty(this.#app, this.#empty, this.#box, all.length === 0);
    text(this.#title, `${measureName(measure.name)} by weekday and hour`);
    text(this.#note, all.length ? `Each cell: ${{ min: 'the smallest', max: 'the largest' }[measure.kind] || 'the mean'} of its hours, ${state.tz}. ${all.length < 168 ? `${count(168 - all.length, 'cell')} without events: choose a longer range to see a whole week.` : ''}` : '');
    values.forEach((day, d) => day.forEach((value, h) => {
      const cell = this.#body.rows[d].cells[h + 1];
      const heat = value === null ? 0 : high > low ? (value - low) / (high - low) : 1;
      const words = value === null ? 'no events' : `${number(value)} ${measureName(measure.name)}${cells[d][h].length > 1 ? `, ${count(cells[d][h].length, 'hour')}` : ''}`;
      set(cell, { className: value === null ? 'none' : heat > 0.9 ? 'more most' : heat > 0.66 ? 'more' : '', style: { '--heat': `${Math.round(heat * 100)}%` }, title: `${DAYS[d]} ${HOURS[h]}:00 – ${words}`, 'aria-label': `${DAYS[d]} ${HOURS[h]} o’clock: ${words}` });
      text(cell, value === null ? '' : short(value).length <= 6 ? short(value) : '');
    }));
  }
}

/** Percentiles and distinct counts of hours cannot be merged here: their mean is shown, and said to be one. */
function combined(values, kind) {
  if (!values.length) return null;
  if (kind === 'min') return Math.min(...values);
  if (kind === 'max') return Math.max(...values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
