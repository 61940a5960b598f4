// Wires the page: what is shown (state.js), where it comes from (series.js, breakdown.js, health.js, reconciliation.js), when it is asked.

import { get, watch } from './api.js';
import { drawBreakdown, loadBreakdown } from './breakdown.js';
import { Chart } from './chart.js';
import { el, measureName, number, short, time, valueName } from './format.js';
import { drawFreshness, drawRecords } from './health.js';
import { drawReconciliation } from './reconciliation.js';
import { Series } from './series.js';
import { addFilters, bounds, granularity, RANGES, read, toggleFilter, write } from './state.js';

const $ = (id) => document.getElementById(id);
const ADDITIVE = ['count', 'sum'];
const chart = new Chart($('chart'));
const series = new Series();
let cubes = [];
let state = read();
let span = {};
let stopWatching = () => {};
let generation = 0;

const cube = () => cubes.find((one) => one.name === state.cube);
const measure = () => {
  const found = cube().measures.find((one) => one.name === state.measure) || cube().measures[0];
  return { ...found, additive: ADDITIVE.includes(found.kind) };
};

/** Fills in what the address leaves open or names wrongly. */
function complete() {
  if (!cube()) state.cube = cubes[0].name;
  const { dimensions, measures } = cube();
  if (!dimensions.includes(state.split)) state.split = '';
  if (!dimensions.includes(state.by)) state.by = state.split || dimensions.find((name) => name !== 'source') || dimensions[0] || '';
  if (!measures.some((one) => one.name === state.measure)) state.measure = 'event_count';
  state.filters = Object.fromEntries(Object.entries(state.filters).filter(([name]) => dimensions.includes(name)));
  state.absent = state.absent.filter((name) => dimensions.includes(name));
}

function options(select, entries, chosen) {
  select.replaceChildren(...entries.map(([value, text]) => el('option', { value, selected: value === chosen }, text)));
  select.value = chosen;
}

function drawControls() {
  options($('cube'), cubes.map((one) => [one.name, one.name]), state.cube);
  options($('range'), RANGES.map(([key, text]) => [key, text]), state.range);
  options($('split'), [['', 'nothing'], ...cube().dimensions.map((name) => [name, name])], state.split);
  options($('by'), cube().dimensions.map((name) => [name, name]), state.by);
  $('custom').hidden = state.range !== 'custom';
  $('from').value = state.from;
  $('to').value = state.to;
  const chips = [
    ...Object.entries(state.filters).flatMap(([name, values]) => values.map((value) => [name, value])),
    ...state.absent.map((name) => [name, null]),
  ];
  $('filters').hidden = !chips.length;
  $('filters').replaceChildren(...chips.map(([name, value]) =>
    el('button', { type: 'button', 'aria-label': `Remove filter ${name} ${valueName(value)}`, onclick: () => press(name, value) },
      `${name}: ${valueName(value)} ✕`)));
}

function drawMeasures(totals) {
  const shown = cube().measures.filter((one) => one.kind !== 'count' || one.name === 'event_count');
  const box = $('measures');
  if (box.childElementCount !== shown.length || box.dataset.cube !== state.cube) {
    box.dataset.cube = state.cube;
    box.replaceChildren(...shown.map((one) =>
      el('button', { type: 'button', className: 'measure', onclick: () => change({ measure: one.name }) },
        el('span', {}, measureName(one.name)), el('strong', {}, '–'))));
  }
  shown.forEach((one, i) => {
    const tile = box.children[i];
    const value = totals ? totals[one.name] : undefined;
    tile.setAttribute('aria-pressed', String(one.name === measure().name));
    tile.title = `${measureName(one.name)}: ${number(value)}${one.exact ? '' : ' (estimate)'}`;
    if (totals !== undefined) tile.lastChild.textContent = (one.kind === 'distinct' && value > 0 ? '≈ ' : '') + short(value);
  });
}

function drawChart() {
  const range = bounds(state, span);
  const grain = granularity(range);
  const { buckets } = chart.draw(series, measure(), state.split, grain, range);
  $('chart-title').textContent = `${measureName(measure().name)} per ${grain}${state.split ? ` by ${state.split}` : ''}`;
  $('chart-summary').textContent = `${buckets} buckets from ${time(range.from)} to ${time(range.to)}, UTC`;
  $('empty').hidden = buckets > 0;
  $('empty-text').textContent = !span.newest
    ? 'Nothing has been committed yet. Send events to a source of the pipeline: they show up here as they arrive.'
    : `No events ${Object.keys(state.filters).length || state.absent.length ? 'pass the filters' : 'happened'} between ${time(range.from)} and ${time(range.to)}. There are events from ${time(span.oldest)} to ${time(span.newest)}.`;
  $('show-all').hidden = !span.newest || state.range === 'all';
}

/** Runs a question and shows its answer, unless another thing is shown by then. */
async function ask(question, show) {
  const asked = generation;
  try {
    const answer = await question();
    if (asked !== generation) return;
    $('trouble').hidden = true;
    show(answer);
  } catch (failure) {
    if (asked !== generation) return;
    $('trouble').textContent = failure.message;
    $('trouble').hidden = false;
  }
}

const loadSeries = () => ask(() => {
  const next = new Series();
  return next.load(state, measure(), bounds(state, span)).then(() => next);
}, (next) => {
  series.rows = next.rows;
  series.values = next.values;
  drawChart();
});
const loadTop = () => state.by && ask(() => loadBreakdown(state, measure(), bounds(state, span)),
  (answer) => keepFocus(() => drawBreakdown(answer, state, measure(), press)));
const loadTotals = () => ask(() => {
  const range = bounds(state, span);
  const query = new URLSearchParams({ from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString(), granularity: 'total' });
  addFilters(query, state);
  return get(`/api/v1/cubes/${state.cube}/rows`, query);
}, (answer) => drawMeasures(answer.rows.length ? answer.rows[0].measures : {}));
const loadFreshness = () => ask(() => get('/api/v1/freshness'), (freshness) => {
  span = { oldest: freshness.oldest_event_time, newest: freshness.newest_event_time };
  drawFreshness(freshness);
});
const loadHealth = () => Promise.all([
  ask(() => get('/api/v1/reconciliation'), drawReconciliation),
  ask(() => get('/api/v1/dead-letters'), (answer) => keepFocus(() => drawRecords(answer))),
]);

/** Redrawn lists give the focus back to the entry that had it. */
function keepFocus(draw) {
  const box = document.activeElement?.closest('#breakdown, #dead-letters');
  const key = document.activeElement?.closest('[data-key]')?.dataset.key;
  draw();
  if (box && key !== undefined) {
    const again = [...box.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key);
    (again?.querySelector('summary') || again)?.focus();
  }
}

function startWatching() {
  stopWatching();
  const query = new URLSearchParams({ measures: measure().name });
  if (state.split) query.set('dimensions', state.split);
  addFilters(query, state);
  const asked = generation;
  stopWatching = watch(state.cube, query, (answer) => {
    const range = bounds(state, span);
    if (asked !== generation || granularity(range) !== 'minute' || Date.parse(answer.to) < range.from) return;
    if (state.range === 'custom' && Date.parse(answer.from) >= range.to) return;
    series.merge(answer, state, measure());
    drawChart();
  }, (flows) => {
    $('connection').textContent = flows ? 'live' : 'reconnecting';
    $('connection').className = `connection ${flows ? 'on' : 'off'}`;
  });
}

async function show() {
  generation++;
  complete();
  drawControls();
  drawMeasures();
  startWatching();
  await Promise.all([loadSeries(), loadTop(), loadTotals()]);
}

function change(part) {
  Object.assign(state, part);
  complete();
  write(state);
  show();
}

function press(dimension, value) {
  toggleFilter(state, dimension, value);
  change({});
}

function customRange() {
  const range = bounds(state, span);
  const text = (at) => new Date(at).toISOString().slice(0, 16);
  return { from: state.from || text(range.from), to: state.to || text(range.to) };
}

$('cube').onchange = (event) => change({ cube: event.target.value, split: '', by: '' });
$('range').onchange = (event) => change({ ...(event.target.value === 'custom' ? customRange() : {}), range: event.target.value });
$('from').onchange = (event) => change({ from: event.target.value });
$('to').onchange = (event) => change({ to: event.target.value });
$('split').onchange = (event) => change({ split: event.target.value, ...(event.target.value ? { by: event.target.value } : {}) });
$('by').onchange = (event) => change({ by: event.target.value });
$('show-all').onclick = () => change({ range: 'all' });
$('controls').onsubmit = (event) => event.preventDefault();
$('theme').onclick = () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('weir-theme', theme);
  drawChart();
};
window.onpopstate = () => {
  state = read();
  show();
};

/** Asks again and again, but never while the page is hidden or the last answer is still under way. */
function repeat(question, millis) {
  const again = async () => {
    if (!document.hidden) await question();
    setTimeout(again, millis);
  };
  setTimeout(again, millis);
}

async function start() {
  await ask(() => get('/api/v1/cubes'), (answer) => { cubes = answer.cubes; });
  if (!cubes.length) {
    setTimeout(start, 3000);
    return;
  }
  await loadFreshness();
  complete();
  write(state, true);
  await Promise.all([show(), loadHealth()]);
  repeat(loadFreshness, 2000);
  repeat(loadTotals, 2000);
  repeat(loadTop, 4000);
  repeat(loadHealth, 5000);
  repeat(loadSeries, 10000);
  // Without events the frame still moves on with the clock.
  repeat(async () => drawChart(), 5000);
}

start();
