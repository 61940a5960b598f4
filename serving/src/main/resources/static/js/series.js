// The rows behind the chart: loaded by query, kept fresh by the live rows of the last minutes.

import { get } from './api.js';
import { addFilters, granularity } from './state.js';

const SHOWN_VALUES = 7;
export const OTHER = Symbol('other');

export class Series {
  rows = new Map();
  values = [];
  complete = true;

  /** Loads a range anew. The result takes the place of the old rows at once, so nothing flickers. */
  async load(state, measure, bounds) {
    const grain = granularity(bounds);
    const values = state.split ? await this.#topValues(state, measure, bounds) : [];
    const rows = [];
    if (state.split) {
      const query = this.#query(state, measure, bounds, grain);
      query.set('dimensions', state.split);
      this.#restrict(query, state, values);
      rows.push(...(await this.#all(state.cube, query)).map((row) => ({ ...row, key: row.dimensions[state.split] })));
    }
    if (!state.split || (measure.additive && values.more)) {
      const totals = await this.#all(state.cube, this.#query(state, measure, bounds, grain));
      rows.push(...(state.split ? rest(totals, rows, measure.name) : totals.map((row) => ({ ...row, key: null }))));
    }
    this.values = values.more && measure.additive ? [...values, OTHER] : values;
    this.rows = new Map(rows.map((row) => [row.bucket + '|' + keyText(row.key), row]));
    return grain;
  }

  /** Puts live rows in the place of those of the same minutes. */
  merge(answer, state, measure) {
    for (const [key, row] of this.rows) {
      if (row.bucket >= answer.from && row.bucket < answer.to) this.rows.delete(key);
    }
    for (const row of answer.rows) {
      const value = state.split ? row.dimensions[state.split] : null;
      const known = !state.split || this.values.includes(value);
      if (!known && !(measure.additive && this.values.includes(OTHER)) && this.values.length >= SHOWN_VALUES) continue;
      if (!known && !this.values.includes(OTHER)) this.values.push(value);
      const key = known || !this.values.includes(OTHER) ? value : OTHER;
      const id = row.bucket + '|' + keyText(key);
      const before = this.rows.get(id);
      this.rows.set(id, before && key === OTHER ? sum(before, row, measure.name) : { ...row, key });
    }
  }

  async #topValues(state, measure, bounds) {
    const query = this.#query(state, { name: 'event_count' }, bounds, 'total');
    query.set('dimensions', state.split);
    query.set('limit', SHOWN_VALUES);
    const answer = await get(`/api/v1/cubes/${state.cube}/rows`, query);
    const values = answer.rows.map((row) => row.dimensions[state.split]);
    values.more = answer.next_offset !== null;
    return values;
  }

  #query(state, measure, { from, to }, grain) {
    const query = new URLSearchParams({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      granularity: grain,
      measures: measure.name,
      limit: 20000,
    });
    addFilters(query, state);
    return query;
  }

  #restrict(query, state, values) {
    query.delete(`filter.${state.split}`);
    const absent = query.getAll('absent').filter((name) => name !== state.split);
    query.delete('absent');
    for (const name of absent) query.append('absent', name);
    for (const value of values) {
      if (value === null) query.append('absent', state.split);
      else query.append(`filter.${state.split}`, value);
    }
  }

  async #all(cube, query) {
    const answer = await get(`/api/v1/cubes/${cube}/rows`, query);
    this.complete = answer.next_offset === null;
    return answer.rows;
  }
}

/** What the shown values leave of the totals, per bucket. */
function rest(totals, shown, measure) {
  const known = new Map();
  for (const row of shown) known.set(row.bucket, (known.get(row.bucket) || 0) + (row.measures[measure] || 0));
  return totals.map((row) => ({
    ...row,
    key: OTHER,
    measures: { [measure]: (row.measures[measure] || 0) - (known.get(row.bucket) || 0) },
  }));
}

function sum(a, b, measure) {
  return { ...a, measures: { [measure]: (a.measures[measure] || 0) + (b.measures[measure] || 0) } };
}

function keyText(key) {
  return key === OTHER ? 'other' : key === null ? 'none' : `=${key}`;
}
