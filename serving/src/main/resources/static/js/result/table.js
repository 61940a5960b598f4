// The rows of an answer as a table: sorted by any column, a part of it at first.

import { el, keyed, set, text } from '../dom.js';
import { change, count, digits, exactly, measureName, valueName } from '../format.js';
import { keyOf, REST_NAME } from '../chart/rows.js';
import { bucketName } from '../time.js';

const STEP = 100;

export class ResultTable {
  #table = el('table', { className: 'result' }, el('thead', {}, el('tr')), el('tbody'), el('tfoot'));
  #more = el('button', { type: 'button', hidden: true, onclick: () => this.#showMore() });
  #shown = STEP;
  #sort = null;
  #columns = [];
  #answer = null;
  #asked = '';

  constructor() {
    this.element = el('div', {}, el('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Rows' }, this.#table), this.#more);
  }

  /** asked: the question in words; another one forgets how the rows were sorted. */
  draw(answer, measures, zone, asked) {
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#sort = null;
      this.#shown = STEP;
    }
    this.#answer = answer;
    this.#columns = columns(answer, measures, zone);
    this.#drawHead();
    this.#drawRows();
  }

  #drawHead() {
    keyed(this.#table.tHead.rows[0], this.#columns, (column) => column.title, (column) => el('th', { scope: 'col' }, el('button', { type: 'button' }, column.title)), (cell, column) => {
      const own = this.#sort?.title === column.title;
      set(cell, { className: column.left ? 'left' : '', 'aria-sort': own ? (this.#sort.down ? 'descending' : 'ascending') : null });
      cell.firstChild.onclick = () => {
        this.#sort = { title: column.title, down: own ? !this.#sort.down : !column.left };
        this.#drawHead();
        this.#drawRows();
      };
    });
  }

  #drawRows() {
    const rows = this.#sorted();
    const fill = (line, row) => this.#columns.forEach((column, i) => {
      const cell = line.cells[i];
      text(cell, column.text(row));
      const look = [column.left ? 'left' : '', column.look?.(row) || ''].join(' ').trim();
      if (cell.className !== look) cell.className = look;
    });
    const line = () => el('tr', {}, this.#columns.map(() => el('td')));
    const shape = this.#columns.length;
    keyed(this.#table.tBodies[0], rows.slice(0, this.#shown), (row) => `${shape} ${row.bucket} ${keyOf(row)}`, line, fill);
    const { totals } = this.#answer;
    keyed(this.#table.tFoot, totals ? [{ ...totals, whole: true, dimensions: {} }] : [], () => `${shape}`, line, fill);
    const rest = rows.length - this.#shown;
    this.#more.hidden = rest <= 0;
    this.#more.textContent = `Show ${count(Math.min(rest, 4 * STEP), 'more row')} of ${rows.length.toLocaleString('en')}`;
  }

  #showMore() {
    this.#shown += 4 * STEP;
    this.#drawRows();
  }

  #sorted() {
    const column = this.#columns.find((one) => one.title === this.#sort?.title);
    if (!column) return this.#answer.rows;
    const sign = this.#sort.down ? -1 : 1;
    return [...this.#answer.rows].sort((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      // What is absent comes last either way.
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (typeof x === 'string' ? x.localeCompare(y) : x - y);
    });
  }
}

function columns(answer, measures, zone) {
  const { granularity, dimensions, rows, totals } = answer;
  const result = [];
  if (granularity !== 'total') {
    result.push({ title: granularity, left: true, value: (row) => row.bucket, text: (row) => (row.whole ? 'total' : bucketName(Date.parse(row.bucket), granularity, zone)) });
  }
  for (const name of dimensions) {
    const shown = (row) => (row.whole ? '' : row.other ? REST_NAME : valueName(row.dimensions[name]));
    result.push({ title: name, left: true, value: (row) => shown(row), text: shown, look: (row) => (!row.whole && (row.other || row.dimensions[name] === null) ? 'none' : '') });
  }
  const compared = rows.some((row) => row.compared) || totals?.compared;
  for (const { name, scale } of measures) {
    result.push({ title: measureName(name), value: (row) => row.measures[name] ?? null, text: (row) => exactly(digits(row.measures, name), scale) });
    if (compared) {
      const moved = (row) => change(row.measures[name], row.compared?.[name]);
      result.push({ title: `${measureName(name)} before`, value: (row) => row.compared?.[name] ?? null, text: (row) => exactly(digits(row.compared, name), scale) });
      result.push({ title: `${measureName(name)} change`, value: (row) => (row.compared?.[name] ? row.measures[name] / row.compared[name] : null), text: (row) => moved(row)?.text ?? '–' });
    }
  }
  result.push({ title: 'status', left: true, value: (row) => row.status ?? null, text: (row) => row.status ?? '–', look: (row) => `status ${row.status ?? ''}` });
  return result;
}
