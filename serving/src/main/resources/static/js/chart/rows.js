// The rows behind a chart: one a bucket and combination of dimensions, kept fresh by the live rows of the last minutes.

import { valueName } from '../format.js';

/** The key of the rest beyond the largest combinations. */
export const OTHER = 'other';

/** Its name; a value of an event may well be called other. */
export const REST_NAME = '(rest)';

export const keyOf = (row) => (row.other ? OTHER : `=${JSON.stringify(Object.values(row.dimensions))}`);

/** A combination in words. */
export const nameOf = (key) => (key === OTHER ? REST_NAME : JSON.parse(key.slice(1)).map(valueName).join(' · '));

const timed = (row) => ({ ...row, at: Date.parse(row.bucket), key: keyOf(row) });

export class RowSet {
  #rows;
  #keys;

  constructor(answer) {
    this.answer = answer;
    this.#rows = new Map(answer.rows.map(timed).map((row) => [`${row.at} ${row.key}`, row]));
    this.#keys = new Set(answer.rows.map(keyOf));
  }

  get rows() {
    return [...this.#rows.values()];
  }

  /**
   * Puts live rows in the place of those of the same minutes; what is not among the largest goes to the rest, where sums
   * can be added. Where measures cannot, the rest stays as it is until the next full answer; so does everything when not
   * all of the live rows are there: those of the newest minute are missing then.
   */
  merge(answer, additive) {
    if (answer.next_offset !== null) return;
    const [from, to] = [Date.parse(answer.from), Date.parse(answer.to)];
    const limited = this.#keys.has(OTHER);
    const compared = new Map();
    for (const [id, row] of this.#rows) {
      if (row.at < from || row.at >= to || (row.key === OTHER && !additive)) continue;
      compared.set(id, row.compared);
      this.#rows.delete(id);
    }
    for (const row of answer.rows.map(timed)) {
      const known = this.#keys.has(row.key) || !limited;
      if (!known && !additive) continue;
      const key = known ? row.key : OTHER;
      const id = `${row.at} ${key}`;
      const before = this.#rows.get(id);
      this.#rows.set(id, { ...(before && !known ? sum(before, row) : row), key, other: key === OTHER, compared: compared.get(id) });
    }
  }
}

function sum(a, b) {
  const measures = Object.fromEntries(Object.entries(a.measures).map(([name, value]) => [name, (value || 0) + (b.measures[name] || 0)]));
  return { ...a, measures, status: a.status === 'live' || b.status === 'live' ? 'live' : a.status };
}
