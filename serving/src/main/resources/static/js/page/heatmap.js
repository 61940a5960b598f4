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
import { floor, time, wall } from '../time.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LIMIT = 20_000;
/** Measures of which an hour without events has 0, and not none. */
const COUNTED = ['count', 'sum', 'distinct'];
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
    const fill = COUNTED.includes(measureOf(this.#app.cube(), this.#name()).kind) ? 'zero' : null;
    const query = rows(state, span, { granularity: 'hour', measures: this.#name(), fill, order: '-bucket', limit: LIMIT });
    return [(signal) => get(path(state.cube), query, signal), (answer) => this.#draw(answer)];
  }

  #draw(answer) {
    const { state } = this.#app;
    const measure = measureOf(this.#app.cube(), this.#name());
    const cells = DAYS.map(() => HOURS.map(() => []));
    const first = this.#first(answer);
    for (const row of answer.rows) {
      const begins = Date.parse(row.bucket);
      if (begins < first || begins > Date.now()) continue;
      const at = new Date(wall(begins, state.tz));
      const value = row.measures[measure.name];
      if (value !== null && value !== undefined) cells[(at.getUTCDay() + 6) % 7][at.getUTCHours()].push(value);
    }
    const values = cells.map((day) => day.map((hours) => combined(hours, measure.kind)));
    const all = values.flat().filter((value) => value !== null);
    const [low, high] = [Math.min(...all, measure.additive ? 0 : Infinity), Math.max(...all)];
    const nothing = answer.rows.every((row) => row.status === null);
    showEmpty(this.#app, this.#empty, this.#box, nothing);
    text(this.#title, `${measureName(measure.name)} by weekday and hour`);
    text(this.#note, nothing ? '' : this.#words(answer, measure, DAYS.length * HOURS.length - all.length));
    values.forEach((day, d) => day.forEach((value, h) => {
      const cell = this.#body.rows[d].cells[h + 1];
      const heat = value === null ? 0 : high > low ? (value - low) / (high - low) : 1;
      const words = value === null ? none(measure) : `${number(value)} ${measureName(measure.name)}${cells[d][h].length > 1 ? `, ${count(cells[d][h].length, 'hour')}` : ''}`;
      set(cell, { className: value === null ? 'none' : heat > 0.9 ? 'more most' : heat > 0.66 ? 'more' : '', style: { '--heat': `${Math.round(heat * 100)}%` }, title: `${DAYS[d]} ${HOURS[h]}:00 – ${words}`, 'aria-label': `${DAYS[d]} ${HOURS[h]} o’clock: ${words}` });
      text(cell, value === null ? '' : short(value).length <= 6 ? short(value) : '');
    }));
  }

  /** The hour of the first event of all: those before it, like those to come, are not hours without events. */
  #first(answer) {
    const { state, span } = this.#app;
    const shown = answer.rows.findLast((row) => row.status !== null);
    return Math.min(shown ? Date.parse(shown.bucket) : Infinity, span.oldest ? floor(Date.parse(span.oldest), 'hour', state.tz) : Infinity);
  }

  #words(answer, measure, missing) {
    const { tz } = this.#app.state;
    const cut = answer.next_offset !== null;
    return [
      `Each cell: ${{ min: 'the smallest', max: 'the largest' }[measure.kind] || 'the mean'} of its hours${COUNTED.includes(measure.kind) ? ', those without events, too' : ''}, ${tz}.`,
      cut && `Only the newest ${count(answer.rows.length, 'hour')} of the range are in it, from ${time(answer.rows[answer.rows.length - 1].bucket, tz)}.`,
      missing > 0 && `${count(missing, 'cell')} ${COUNTED.includes(measure.kind) ? 'without hours' : 'without events'}: choose a longer range to see a whole week.`,
    ].filter(Boolean).join(' ');
  }
}

const none = ({ kind }) => (COUNTED.includes(kind) ? 'not in the range' : 'no events');

/** Percentiles and distinct counts of hours cannot be merged here: their mean is shown, and said to be one. */
function combined(values, kind) {
  if (!values.length) return null;
  if (kind === 'min') return Math.min(...values);
  if (kind === 'max') return Math.max(...values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
