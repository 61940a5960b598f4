// Overview: the tiles, one measure over time, the top lists, and how fresh and how certain it all is.

import { get } from '../api.js';
import { Asker } from '../asker.js';
import { Canvas } from '../chart/canvas.js';
import { RowSet } from '../chart/rows.js';
import { timeseries } from '../chart/timeseries.js';
import { choice } from '../control/bar.js';
import { el, text } from '../dom.js';
import { showEmpty } from '../empty.js';
import { measureName } from '../format.js';
import { drawFreshness } from '../health/freshness.js';
import { drawVerdict, verdictLine } from '../health/reconciliation.js';
import { fitting, path, rows } from '../question.js';
import { bounds, iso } from '../range.js';
import { addFilters, list, measureOf } from '../state.js';
import { drawTiles, tiled } from '../tiles.js';
import { buckets, time } from '../time.js';
import { TopList } from '../toplist.js';

const LISTS = 4;
const LISTED = 6;

export class Overview {
  static id = 'overview';
  static title = 'Overview';
  static key = '1';
  static numbers = true;

  #app;
  #tiles = el('div', { className: 'tiles', role: 'group', 'aria-label': 'Measures over the range' });
  #title = el('h2', { id: 'chart-title' }, '\u00a0');
  #chart = el('div', { className: 'chart', role: 'img', 'aria-labelledby': 'chart-title chart-summary' });
  #summary = el('p', { className: 'unseen', id: 'chart-summary' });
  #empty = el('div');
  #lists = el('div', { className: 'lists' });
  #topLists = new Map();
  #freshness = el('dl', { className: 'freshness' });
  #verdict = verdictLine();
  #split;
  #canvas;
  #set = null;
  #totals;
  #series;
  #courses;
  #parts;

  constructor(app) {
    this.#app = app;
    this.#split = choice('split', 'Split by', (split) => app.go({ split }));
    this.element = el('div', { className: 'page' },
      el('h1', { className: 'unseen' }, 'Overview'),
      this.#tiles,
      el('section', { className: 'card', 'aria-labelledby': 'chart-title' },
        el('div', { className: 'card-head' }, this.#title, legend(), this.#split.element),
        this.#chart, this.#summary, this.#empty),
      this.#lists,
      el('div', { className: 'columns' },
        el('section', { className: 'card', 'aria-label': 'Freshness' }, el('div', { className: 'card-head' }, el('h2', {}, 'Freshness')), this.#freshness),
        el('section', { className: 'card', 'aria-label': 'Reconciliation' },
          el('div', { className: 'card-head' }, el('h2', {}, 'Reconciliation'), el('a', { href: '#/health' }, 'Data health')), this.#verdict)));
    this.#canvas = new Canvas(this.#chart, (first, last) => this.#zoom(first, last));
    this.#totals = new Asker(app, this.#tiles);
    this.#series = new Asker(app, this.#chart);
    this.#courses = new Asker(app, el('i'));
    this.#parts = new Asker(app, this.#freshness);
    this.repeats = [
      [() => this.#totals.again(...this.#totalsQuestion()), 3000],
      [() => this.#series.again(...this.#seriesQuestion()), 10_000],
      [() => this.#loadCourses('again'), 15_000],
      [() => this.#shownLists().forEach((one) => one.again(this.#measure().name)), 5000],
      [() => this.#parts.again(...this.#partsQuestion()), 2000],
      // Without events the frame still moves on with the clock.
      [() => this.#drawChart(), 5000],
    ];
  }

  show(freshness) {
    const { dimensions } = this.#app.cube();
    this.#split.draw([['', 'nothing'], ...dimensions.map((name) => [name, name])], list(this.#app.state.split)[0] || '');
    this.#lists.replaceChildren(...this.#shownLists().map((one) => one.element));
    drawTiles(this.#tiles, this.#app.cube(), this.#measure().name, undefined, null, (name) => this.#pick(name));
    this.#totals.ask(...this.#totalsQuestion());
    this.#series.ask(...this.#seriesQuestion());
    this.#loadCourses('ask');
    this.#shownLists().forEach((one) => one.show(this.#measure().name));
    this.#parts.ask(...this.#partsQuestion(freshness));
  }

  leave() {
    [this.#totals, this.#series, this.#courses, this.#parts, ...this.#topLists.values()].forEach((one) => one.leave());
  }

  /** Live rows of what the chart shows. */
  watched() {
    const { state } = this.#app;
    const query = new URLSearchParams({ measures: this.#asked().join(',') });
    if (this.#splitBy()) query.set('dimensions', this.#splitBy());
    addFilters(query, state);
    return { cube: state.cube, query: query.toString() };
  }

  live(answer) {
    const range = bounds(this.#app.state, this.#app.span);
    if (!this.#set || this.#grain() !== 'minute' || Date.parse(answer.to) <= range.from || Date.parse(answer.from) >= range.to) return;
    this.#set.merge(answer, this.#measure().additive);
    this.#drawChart();
    this.#totals.again(...this.#totalsQuestion());
  }

  #measure() {
    return measureOf(this.#app.cube(), list(this.#app.state.measures)[0]);
  }

  #splitBy() {
    return list(this.#app.state.split)[0] || '';
  }

  #grain() {
    return fitting(this.#app.state, this.#app.span);
  }

  #pick(name) {
    this.#app.go({ measures: name });
  }

  /** What the chart's question asks for: without a split the courses of all tiles come with it. */
  #asked() {
    const names = this.#splitBy() ? [] : tiled(this.#app.cube()).map((one) => one.name);
    return [...new Set([this.#measure().name, ...names])];
  }

  #shownLists() {
    return this.#app.cube().dimensions.slice(0, LISTS).map((dimension) => {
      const key = `${this.#app.state.cube} ${dimension}`;
      if (!this.#topLists.has(key)) this.#topLists.set(key, new TopList(this.#app, dimension, LISTED));
      return this.#topLists.get(key);
    });
  }

  #totalsQuestion() {
    const { state, span } = this.#app;
    const measures = tiled(this.#app.cube()).map((one) => one.name).join(',');
    const query = rows(state, span, { granularity: 'total', measures, compare: state.from === 'all' ? null : 'previous' });
    return [(signal) => get(path(state.cube), query, signal), (answer) =>
      drawTiles(this.#tiles, this.#app.cube(), this.#measure().name, answer.rows[0] ?? null, null, (name) => this.#pick(name))];
  }

  #seriesQuestion() {
    const { state, span } = this.#app;
    const split = this.#splitBy();
    const query = rows(state, span, {
      granularity: this.#grain(), measures: this.#asked().join(','), dimensions: split, limit: 20_000,
      ...(split ? { top: 8, top_by: this.#measure().additive ? this.#measure().name : null, other: 'true' } : {}),
    });
    return [(signal) => get(path(state.cube), query, signal), (answer) => {
      this.#set = new RowSet(answer);
      this.#drawChart();
    }];
  }

  #partsQuestion(told) {
    return [() => Promise.all([told ?? this.#app.loadSpan(), get('/api/v1/reconciliation')]), ([freshness, reconciliation]) => {
      drawFreshness(this.#freshness, freshness);
      drawVerdict(this.#verdict, reconciliation);
    }];
  }

  #frame() {
    const { state, span } = this.#app;
    const grain = this.#grain();
    const range = bounds(state, span);
    return { starts: buckets(range.from, range.to, grain, state.tz), grain, zone: state.tz };
  }

  #drawChart() {
    if (!this.#set) return;
    const { state } = this.#app;
    const measure = this.#measure();
    const frame = this.#frame();
    const split = this.#splitBy();
    const within = this.#set.rows.filter((row) => row.at >= frame.starts[0]);
    text(this.#title, `${measureName(measure.name)} per ${frame.grain}${split ? ` by ${split}` : ''}`);
    text(this.#summary, `${within.length} rows from ${time(frame.starts[0], state.tz)}, ${state.tz}`);
    showEmpty(this.#app, this.#empty, this.#chart, within.length === 0);
    if (!within.length) return;
    this.#canvas.draw((width) => timeseries(this.#set, measure, frame, Boolean(split), width));
    if (!split) this.#drawCourses(within);
  }

  /** With a split the chart's rows are no courses of the tiles: those are asked for on their own. */
  #loadCourses(how) {
    if (!this.#splitBy()) return;
    const { state, span } = this.#app;
    const query = rows(state, span, { granularity: this.#grain(), measures: tiled(this.#app.cube()).map((one) => one.name).join(','), limit: 20_000 });
    this.#courses[how]((signal) => get(path(state.cube), query, signal), (answer) => this.#drawCourses(new RowSet(answer).rows));
  }

  #drawCourses(all) {
    const { starts } = this.#frame();
    const at = new Map(all.map((row) => [row.at, row.measures]));
    const courses = Object.fromEntries(tiled(this.#app.cube()).map(({ name, kind }) =>
      [name, starts.map((start) => at.get(start)?.[name] ?? (kind === 'count' || kind === 'sum' ? 0 : null))]));
    drawTiles(this.#tiles, this.#app.cube(), this.#measure().name, undefined, courses, (name) => this.#pick(name));
  }

  #zoom(first, last) {
    const { starts } = this.#frame();
    const to = starts[last + 1] ?? bounds(this.#app.state, this.#app.span).to;
    this.#app.go({ from: iso(starts[first]), to: iso(to) });
  }
}

function legend() {
  return el('ul', { className: 'legend', 'aria-label': 'How final the numbers are' },
    ['reconciled', 'committed', 'live'].map((part) => el('li', {}, el('i', { className: `swatch ${part}` }), part)));
}
