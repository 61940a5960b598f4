// What is shown, kept in the address: it can be bookmarked, shared and gone back to.

export const RANGES = [
  ['15m', 'last 15 minutes', 15],
  ['1h', 'last hour', 60],
  ['6h', 'last 6 hours', 360],
  ['24h', 'last 24 hours', 1440],
  ['7d', 'last 7 days', 10080],
  ['30d', 'last 30 days', 43200],
  ['all', 'everything'],
  ['custom', 'from … to'],
];
const MINUTE = 60_000;
const FILTER = 'filter.';
const PLAIN = ['cube', 'range', 'from', 'to', 'split', 'by', 'measure'];

/** Reads the address. */
export function read() {
  const query = new URLSearchParams(location.search);
  const state = { filters: {}, absent: query.getAll('absent') };
  for (const name of PLAIN) state[name] = query.get(name) || '';
  state.range = RANGES.some(([key]) => key === state.range) ? state.range : '1h';
  for (const key of query.keys()) {
    if (key.startsWith(FILTER)) state.filters[key.slice(FILTER.length)] = query.getAll(key);
  }
  return state;
}

/** Writes the address. */
export function write(state, replace) {
  const query = new URLSearchParams();
  for (const name of PLAIN) {
    if (state[name] && (state.range === 'custom' || (name !== 'from' && name !== 'to'))) query.set(name, state[name]);
  }
  addFilters(query, state);
  const address = `?${query}`;
  if (address !== location.search) history[replace ? 'replaceState' : 'pushState'](null, '', address);
}

/** Adds the filters to a query of the API. */
export function addFilters(query, state) {
  for (const [dimension, values] of Object.entries(state.filters)) {
    for (const value of values) query.append(FILTER + dimension, value);
  }
  for (const dimension of state.absent) query.append('absent', dimension);
}

/** Whether a value of a dimension (null: none) is one of the filter's. */
export function isFiltered(state, dimension, value) {
  return value === null ? state.absent.includes(dimension) : (state.filters[dimension] || []).includes(value);
}

/** Adds a value to the filters, or takes it out. */
export function toggleFilter(state, dimension, value) {
  if (value === null) {
    state.absent = isFiltered(state, dimension, null)
      ? state.absent.filter((name) => name !== dimension)
      : [...state.absent, dimension];
    return;
  }
  const values = state.filters[dimension] || [];
  const left = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  if (left.length) state.filters[dimension] = left;
  else delete state.filters[dimension];
}

/** The range in milliseconds, whole minutes; the current minute is inside. */
export function bounds(state, span) {
  const now = Math.ceil((Date.now() + 1) / MINUTE) * MINUTE;
  if (state.range === 'custom') {
    const from = Date.parse(`${state.from}Z`);
    const to = Date.parse(`${state.to}Z`);
    if (from < to) return { from, to };
  }
  if (state.range === 'all' && span.oldest) {
    return { from: Date.parse(span.oldest), to: Math.max(Date.parse(span.newest) + MINUTE, Date.parse(span.oldest) + 2 * MINUTE) };
  }
  const range = RANGES.find(([key]) => key === state.range);
  return { from: now - (range[2] || 60) * MINUTE, to: now };
}

/** The bucket that suits a range: some hundred points. */
export function granularity({ from, to }) {
  const minutes = (to - from) / MINUTE;
  if (minutes <= 361) return 'minute';
  return minutes <= 14 * 1440 ? 'hour' : 'day';
}

export const BUCKET_MILLIS = { minute: MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE };
