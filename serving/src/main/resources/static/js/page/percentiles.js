// Percentiles of a number over time, from the median to one in a thousand.

import { get } from '../api.js';
import { Asker } from '../asker.js';
import { Canvas, color } from '../chart/canvas.js';
import { plot, STATUSES } from '../chart/plot.js';
import { RowSet } from '../chart/rows.js';
import { choice } from '../control/bar.js';
import { sketched } from '../control/measures.js';
import { el, figure, keyed, text } from '../dom.js';
import { showEmpty } from '../empty.js';
import { change, number, short } from '../format.js';
import { fitting, path, rows } from '../question.js';
import { bounds, iso } from '../range.js';
import { buckets } from '../time.js';

const PERCENTS = ['50', '75', '90', '95', '99', '99.9'];

export class Percentiles {
  static id = 'percentiles';
  static title = 'Percentiles';
  static key = '5';
  static numbers = true;

  #app;
  #number;
  #scale;
  #title = el('h2', { id: 'percentile-title' });
  #tiles = el('ul', { className: 'tiles plain', 'aria-label': 'Percentiles over the range' });
  #chart = el('div', { className: 'chart tall', role: 'img', 'aria-labelledby': 'percentile-title' });
  #empty = el('div');
  #canvas;
  #series;
  #totals;
  #set = null;

  constructor(app) {
    this.#app = app;
    this.#number = choice('number', 'Number', (name) => app.go({ number: name }));
    this.#scale = choice('scale', 'Scale', (scale) => app.go({ scale }));
    this.element = el('div', { className: 'page' },
      el('div', { className: 'page-head' }, el('h1', {}, 'Percentiles'), this.#number.element, this.#scale.element),
      this.#tiles,
      el('section', { className: 'card', 'aria-labelledby': 'percentile-title' }, el('div', { className: 'card-head' }, this.#title), this.#chart, this.#empty,
        el('p', { className: 'note' }, 'Each within 1 % of the exact percentile, merged from sketches over whatever is chosen.')));
    this.#canvas = new Canvas(this.#chart, (first, last) => this.#zoom(first, last));
    this.#series = new Asker(app, this.#chart);
    this.#totals = new Asker(app, this.#tiles);
    this.repeats = [[() => this.#series.again(...this.#question()), 8000], [() => this.#totals.again(...this.#totalsQuestion()), 8000]];
  }

  show() {
    const numbers = sketched(this.#app.cube());
    this.#number.draw(numbers.map((name) => [name, name]), this.#name() ?? '');
    this.#scale.draw([['linear', 'linear'], ['log', 'logarithmic']], this.#app.state.scale);
    if (!numbers.length) {
      this.#chart.hidden = true;
      this.#tiles.replaceChildren();
      this.#empty.replaceChildren(el('p', { className: 'empty' }, `The cube ${this.#app.state.cube} has no percentiles. Declare one, such as {amount: [p95]}, among its measures.`));
      return;
    }
    this.#series.ask(...this.#question());
    this.#totals.ask(...this.#totalsQuestion());
  }

  leave() {
    this.#series.leave();
    this.#totals.leave();
  }

  #name() {
    const numbers = sketched(this.#app.cube());
    return numbers.includes(this.#app.state.number) ? this.#app.state.number : numbers[0];
  }

  #measures() {
    return PERCENTS.map((percent) => `${this.#name()}_p${percent}`);
  }

  #question() {
    const { state, span } = this.#app;
    if (!this.#name()) return [async () => null, () => {}];
    const query = rows(state, span, { granularity: fitting(state, span), measures: this.#measures().join(','), limit: 20_000 });
    return [(signal) => get(path(state.cube), query, signal), (answer) => {
      this.#set = new RowSet(answer);
      this.#draw();
    }];
  }

  #totalsQuestion() {
    const { state, span } = this.#app;
    if (!this.#name()) return [async () => null, () => {}];
    const query = rows(state, span, { granularity: 'total', measures: this.#measures().join(','), compare: state.from === 'all' ? null : 'previous' });
    return [(signal) => get(path(state.cube), query, signal), (answer) => this.#drawTiles(answer.rows[0])];
  }

  #drawTiles(total) {
    keyed(this.#tiles, this.#measures(), (name) => name, () =>
      el('li', { className: 'tile' }, el('span', { className: 'tile-name' }), el('strong'), el('span', { className: 'change' })),
    (tile, measure) => {
      const value = total?.measures[measure] ?? null;
      const moved = change(value, total?.compared?.[measure]);
      const [name, amount, against] = tile.children;
      text(name, measure.slice(measure.lastIndexOf('_') + 1));
      figure(amount, short(value));
      text(against, moved ? moved.text : '');
      against.className = `change ${moved ? moved.way : ''}`;
      tile.title = number(value);
    });
  }

  #draw() {
    const { state, span } = this.#app;
    const grain = fitting(state, span);
    const range = bounds(state, span);
    const starts = buckets(range.from, range.to, grain, state.tz);
    const at = new Map(this.#set.rows.map((row) => [row.at, row]));
    text(this.#title, `${this.#name()} per ${grain}: percentiles`);
    showEmpty(this.#app, this.#empty, this.#chart, at.size === 0);
    if (!at.size) return;
    const status = starts.map((start) => STATUSES.indexOf(at.get(start)?.status));
    const measures = this.#measures();
    this.#canvas.draw((width) => plot({
      starts, grain, zone: state.tz, status, width, ribbon: true, legend: true, log: state.scale === 'log',
      series: measures.map((name, i) => ({
        id: name, name: `p${PERCENTS[i]}`, type: 'line', showAllSymbol: true, symbol: 'circle', symbolSize: starts.length < 40 ? 5 : 0,
        lineStyle: { width: i === 0 ? 2.6 : 2, color: color(`p${i + 1}`) }, itemStyle: { color: color(`p${i + 1}`) },
        data: starts.map((start) => shown(at.get(start)?.measures[name], state.scale)),
      })),
    }));
  }

  #zoom(first, last) {
    const { state, span } = this.#app;
    const range = bounds(state, span);
    const starts = buckets(range.from, range.to, fitting(state, span), state.tz);
    this.#app.go({ from: iso(starts[first]), to: iso(starts[last + 1] ?? range.to) });
  }
}

/** A logarithmic axis has no place for 0. */
const shown = (value, scale) => (value === undefined || value === null || (scale === 'log' && value <= 0) ? null : value);
