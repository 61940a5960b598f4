// What is shown, kept in the address: #/page?cube=…&from=…. It can be bookmarked, shared and gone back to.

import { isZone } from './time.js';

/** What an address leaves open. */
export const DEFAULTS = {
  cube: '', from: 'now-1h', to: 'now', tz: 'UTC', split: '', measures: '', granularity: 'auto', top: '8', other: 'true', compare: '', fill: 'none', number: '', scale: 'linear',
};
/** What the pages have in common; the rest belongs to the page it was chosen on. */
const COMMON = ['cube', 'from', 'to', 'tz'];
const GRANULARITIES = ['auto', 'minute', 'hour', 'day', 'week', 'month', 'total'];
const FILTER = 'filter.';
const EXCLUDE = 'exclude.';

/** Reads an address: {page, state}. */
export function read(hash = location.hash) {
  const [path, search = ''] = hash.replace(/^#\/?/, '').split('?');
  const query = new URLSearchParams(search);
  const state = { filters: {}, excludes: {}, absent: query.getAll('absent') };
  for (const [name, value] of Object.entries(DEFAULTS)) state[name] = query.get(name) ?? value;
  for (const key of new Set(query.keys())) {
    if (key.startsWith(FILTER)) state.filters[key.slice(FILTER.length)] = query.getAll(key);
    if (key.startsWith(EXCLUDE)) state.excludes[key.slice(EXCLUDE.length)] = query.getAll(key);
  }
  if (!isZone(state.tz)) state.tz = DEFAULTS.tz;
  return { page: path || 'overview', state };
}

/** The address of a page in a state; with commonOnly what another page can use of it. */
export function address(page, state, commonOnly = false) {
  const query = new URLSearchParams();
  for (const name of commonOnly ? COMMON : Object.keys(DEFAULTS)) {
    if (state[name] !== DEFAULTS[name]) query.set(name, state[name]);
  }
  addFilters(query, state);
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return `#/${page}${text ? `?${text}` : ''}`;
}

/** Adds the filters to a query of the API. */
export function addFilters(query, state) {
  for (const [dimension, values] of Object.entries(state.filters)) {
    for (const value of values) query.append(FILTER + dimension, value);
  }
  for (const [dimension, values] of Object.entries(state.excludes)) {
    for (const value of values) query.append(EXCLUDE + dimension, value);
  }
  for (const dimension of state.absent) query.append('absent', dimension);
}

/** The filters without those of one dimension. */
export function filtersBut(state, dimension) {
  const without = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== dimension));
  return { filters: without(state.filters), excludes: without(state.excludes), absent: state.absent.filter((name) => name !== dimension) };
}

/** Every filter as {dimension, value, excluded}; the value null is none. */
export function listed(state) {
  const flat = (values, excluded) => Object.entries(values).flatMap(([dimension, all]) => all.map((value) => ({ dimension, value, excluded })));
  return [...flat(state.filters, false), ...state.absent.map((dimension) => ({ dimension, value: null, excluded: false })), ...flat(state.excludes, true)];
}

export function isFiltered(state, { dimension, value, excluded = false }) {
  if (value === null) return !excluded && state.absent.includes(dimension);
  return ((excluded ? state.excludes : state.filters)[dimension] || []).includes(value);
}

/** The filters with one more, or without it when it is there. */
export function toggled(state, { dimension, value, excluded = false }) {
  const { filters, excludes, absent } = state;
  if (value === null) {
    return { filters, excludes, absent: absent.includes(dimension) ? absent.filter((name) => name !== dimension) : [...absent, dimension] };
  }
  const turn = (all) => {
    const values = all[dimension] || [];
    const left = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
    const { [dimension]: own, ...others } = all;
    return left.length ? { ...others, [dimension]: left } : others;
  };
  return { filters: excluded ? filters : turn(filters), excludes: excluded ? turn(excludes) : excludes, absent };
}

export const list = (text) => text.split(',').filter(Boolean);

/** Leaves out what the cube does not have and fills in what the address leaves open. */
export function complete(state, cubes) {
  const cube = cubes.find((one) => one.name === state.cube) || cubes[0];
  const known = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => cube.dimensions.includes(name)));
  const measures = list(state.measures).filter((name) => measureOf(cube, name));
  return {
    ...state,
    cube: cube.name,
    filters: known(state.filters),
    excludes: known(state.excludes),
    absent: state.absent.filter((name) => cube.dimensions.includes(name)),
    split: list(state.split).filter((name) => cube.dimensions.includes(name)).join(','),
    measures: measures.join(',') || 'event_count',
    granularity: GRANULARITIES.includes(state.granularity) ? state.granularity : DEFAULTS.granularity,
  };
}

/** A measure by name, percentiles that are not declared too: {name, kind, of, exact, additive}. */
export function measureOf(cube, name) {
  const declared = cube.measures.find((one) => one.name === name);
  if (declared) return { ...declared, additive: declared.kind === 'count' || declared.kind === 'sum' };
  const [, of, percent] = /^(.+)_p(\d{1,2}(?:[._]\d+)?)$/.exec(name) || [];
  const sketched = cube.measures.find((one) => one.kind === 'percentile' && one.of === of);
  return sketched && Number(percent.replace('_', '.')) > 0 ? { ...sketched, name, additive: false } : null;
}
