// What became of every record: counted, a duplicate, a dead letter or filtered; and the dead letters themselves.

import { el, keyed, set, text } from '../dom.js';
import { number, share } from '../format.js';
import { time } from '../time.js';

const FATES = [['counted', 'counted'], ['duplicate', 'duplicate'], ['dead_lettered', 'dead-lettered'], ['filtered', 'filtered']];

export function drawConservation(table, verdict, conservation) {
  const holds = conservation.every((source) => source.holds);
  text(verdict, !conservation.length ? '' : holds ? '✓ in = counted + duplicate + dead-lettered + filtered' : '✗ in is not what became of it: see the marked sources');
  verdict.className = `note ${holds ? 'ok' : 'wrong'}`;
  if (!table.tHead) {
    table.append(el('thead', {}, el('tr', {}, ['source', 'in', ...FATES.map(([, title]) => title), 'share'].map((title) => el('th', { scope: 'col' }, title)))), el('tbody'));
  }
  keyed(table.tBodies[0], conservation, (source) => source.source, () =>
    el('tr', {}, el('th', { scope: 'row' }), el('td'), FATES.map(() => el('td')), el('td', {}, el('span', { className: 'fates', role: 'img' }, FATES.map(([key]) => el('i', { className: key }))))),
  (row, source) => {
    text(row.cells[0], `${source.holds ? '' : '✗ '}${source.source}`);
    row.cells[0].className = source.holds ? '' : 'wrong';
    text(row.cells[1], number(source.records_in));
    const fates = row.cells[FATES.length + 2].firstChild;
    const words = [];
    FATES.forEach(([key, title], i) => {
      text(row.cells[i + 2], number(source[key]));
      const part = share(source[key], source.records_in) || '0 %';
      row.cells[i + 2].title = part;
      set(fates.children[i], { style: { width: `${source.records_in > 0 ? (100 * source[key]) / source.records_in : 0}%` } });
      words.push(`${title} ${part}`);
    });
    set(fates, { 'aria-label': words.join(', '), title: words.join(', ') });
  });
}

export function drawDeadLetters(box, reasons) {
  keyed(box, reasons.length ? reasons : [null], (one) => (one ? `${one.source} ${one.reason}` : ' none'), (one) =>
    one === null
      ? el('p', { className: 'note' }, 'None: every record could be read.')
      : el('details', {}, el('summary', {}, el('code', {}), el('span', { className: 'note' }), el('span', { className: 'count' })), el('p'), el('pre', { tabIndex: 0 }), el('p', { className: 'note' })),
  (item, one) => {
    if (one === null) return;
    const [summary, detail, sample, place] = item.children;
    const [reason, source, records] = summary.children;
    text(reason, one.reason);
    text(source, one.source);
    text(records, number(one.records));
    text(detail, one.detail || 'No sample kept.');
    sample.hidden = one.sample === null;
    text(sample, one.sample || '');
    sample.setAttribute('aria-label', `Sample of ${one.reason}`);
    text(place, one.topic === null ? '' : `${one.topic}, partition ${one.partition}, offset ${one.offset}, ${time(one.record_time)}`);
  });
}
