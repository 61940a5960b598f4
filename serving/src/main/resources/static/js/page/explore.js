// Explore: any measures, splits, filters and ranges; as charts, as a table, and to take elsewhere.

import { get } from '../api.js';
import { Asker } from '../asker.js';
import { Canvas } from '../chart/canvas.js';
import { RowSet } from '../chart/rows.js';
import { timeseries } from '../chart/timeseries.js';
import { choice } from '../control/bar.js';
import { MeasurePicker } from '../control/measures.js';
import { el, keyed, text } from '../dom.js';
import { showEmpty } from '../empty.js';
import { count, measureName } from '../format.js';
import { explored, fitting, grainOf, path } from '../question.js';
import { bounds, iso } from '../range.js';
import { exactness } from '../result/exactness.js';
import { Export } from '../result/export.js';
import { ResultTable } from '../result/table.js';
import { list, measureOf } from '../state.js';
import { buckets } from '../time.js';

const CHARTS = 4;
const LIMIT = 20_000;
const BETWEEN_MILLIS = 2500;

export class Explore {
  static id = 'explore';
  static title = 'Explore';
  static key = '2';
  static numbers = true;

  #app;
  #measures;
  #controls;
  #charts = el('div', { className: 'panels' });
  #canvases = new Map();
  #empty = el('div');
  #exactness = el('p', { className: 'note', id: 'exactness' });
  #table = new ResultTable();
  #export;
  #result;
  #asker;
  #last = 0;

  constructor(app) {
    this.#app = app;
    this.#measures = new MeasurePicker(app, (names) => app.go({ measures: names.join(',') }));
    const second = () => list(app.state.split)[1];
    this.#controls = {
      split: choice('split', 'Split by', (name) => app.go({ split: [name, name && second() !== name && second()].filter(Boolean).join(',') })),
      second: choice('second', 'and by', (name) => app.go({ split: [list(app.state.split)[0], name].filter(Boolean).join(',') })),
      top: choice('top', 'Show', (top) => app.go({ top })),
      other: choice('other', 'The rest', (other) => app.go({ other })),
      granularity: choice('granularity', 'Per', (granularity) => app.go({ granularity })),
      compare: choice('compare', 'Compare with', (compare) => app.go({ compare })),
      fill: choice('fill', 'Gaps', (fill) => app.go({ fill })),
    };
    this.#export = new Export(app);
    this.#result = el('section', { className: 'card', 'aria-label': 'Result' }, this.#charts, this.#empty, this.#exactness);
    this.element = el('div', { className: 'page' },
      el('h1', { className: 'unseen' }, 'Explore'),
      el('section', { className: 'card question', 'aria-label': 'Question' }, this.#measures.element, Object.values(this.#controls).map((one) => one.element)),
      this.#result,
      el('section', { className: 'card', 'aria-label': 'Table' }, this.#export.element, this.#table.element));
    this.#asker = new Asker(app, this.#result);
    this.repeats = [[() => this.#again(), 10_000]];
  }

  show() {
    const { state } = this.#app;
    const { dimensions } = this.#app.cube();
    const [first = '', second = ''] = list(state.split);
    const c = this.#controls;
    this.#measures.draw();
    c.split.draw([['', 'nothing'], ...dimensions.map((name) => [name, name])], first);
    c.second.draw([['', '–'], ...dimensions.filter((name) => name !== first).map((name) => [name, name])], second);
    c.top.draw([...[3, 5, 8, 10, 20, 50].map((n) => [String(n), `top ${n}`]), ['all', 'all']], state.top);
    c.other.draw([['true', 'as one'], ['false', 'left out']], state.other);
    c.granularity.draw([['auto', `fitting (${fitting(state, this.#app.span)})`], ...['minute', 'hour', 'day', 'week', 'month'].map((one) => [one, one]), ['total', 'whole range']], state.granularity);
    c.compare.draw([['', 'nothing'], ['previous', 'the period before'], ['1d', 'a day earlier'], ['7d', 'a week earlier'], ['4w', '4 weeks earlier']], state.compare);
    c.fill.draw([['none', 'left out'], ['zero', 'as 0'], ['null', 'as empty']], state.fill);
    c.second.element.hidden = !first;
    c.top.element.hidden = !first;
    c.other.element.hidden = !first || state.top === 'all';
    this.#export.draw();
    return this.#asker.ask(...this.#question());
  }

  leave() {
    this.#asker.leave();
  }

  live() {
    this.#again();
  }

  #again() {
    if (Date.now() - this.#last > BETWEEN_MILLIS) this.#asker.again(...this.#question());
  }

  #question() {
    this.#last = Date.now();
    const { state, span } = this.#app;
    return [
      (signal) => get(path(state.cube), explored(state, span, { limit: LIMIT, totals: 'true' }), signal),
      (answer) => this.#draw(answer, state),
    ];
  }

  #draw(answer, state) {
    const cube = this.#app.cube();
    const measures = list(state.measures).map((name) => measureOf(cube, name));
    const total = answer.granularity === 'total';
    const empty = answer.rows.length === 0;
    showEmpty(this.#app, this.#empty, this.#charts, empty);
    this.#charts.hidden = empty || total;
    text(this.#exactness, exactness(answer, state.tz));
    this.#table.draw(answer, measures, state.tz, JSON.stringify({ ...state, from: '', to: '' }));
    if (empty || total) return;
    const frame = this.#frame(answer);
    const rows = new RowSet(answer);
    const split = answer.dimensions.length > 0;
    keyed(this.#charts, measures.slice(0, CHARTS), (one) => one.name, (one) => {
      const chart = el('div', { className: 'chart', role: 'img' });
      const panel = el('div', { className: 'panel-chart' }, el('h2', {}, measureName(one.name)), chart);
      this.#canvases.set(panel, new Canvas(chart, (first, last) => this.#zoom(first, last)));
      return panel;
    }, (panel, one) => {
      panel.querySelector('.chart').setAttribute('aria-label', `${measureName(one.name)} per ${frame.grain}: ${count(answer.rows.length, 'row')}; the table below has them`);
      text(panel.firstChild, `${measureName(one.name)} per ${frame.grain}${split ? ` by ${answer.dimensions.join(' and ')}` : ''}`);
      this.#canvases.get(panel).draw((width) => timeseries(rows, one, frame, split, width));
    });
    for (const [panel, canvas] of this.#canvases) {
      if (panel.parentNode === this.#charts) continue;
      canvas.dispose();
      this.#canvases.delete(panel);
    }
  }

  #frame(answer) {
    const grain = answer.granularity;
    const zone = this.#app.state.tz;
    return { starts: buckets(Date.parse(answer.from), Date.parse(answer.to), grain, zone), grain, zone };
  }

  #zoom(first, last) {
    const { state, span } = this.#app;
    const range = bounds(state, span);
    const starts = buckets(range.from, range.to, grainOf(state, span), state.tz);
    this.#app.go({ from: iso(starts[first]), to: iso(starts[last + 1] ?? range.to) });
  }
}
