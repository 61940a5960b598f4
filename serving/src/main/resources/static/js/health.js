// Freshness, conservation and dead letters.

import { duration, el, number, sampleText, time } from './format.js';

const MEANING = {
  live: 'counted, not yet committed',
  committed: 'exact, not yet recomputed',
  reconciled: 'recomputed from the archive',
};

export function drawFreshness(freshness) {
  document.getElementById('freshness').replaceChildren(
    ...freshness.parts.map((part) =>
      el('div', {},
        el('i', { className: `swatch ${part.part}` }),
        el('dt', {}, part.part),
        el('dd', {},
          part.newest_event_time ? `newest event ${ago(part.lag_seconds)}` : 'nothing yet',
          el('small', {}, detail(part))))));
}

function ago(seconds) {
  return seconds < 1 ? 'just now' : `${duration(seconds)} ago`;
}

function detail(part) {
  if (part.part === 'live' || part.commit === null) return MEANING[part.part];
  const age = part.age_seconds === null ? '' : `, ${ago(part.age_seconds)}`;
  if (part.part === 'committed') return part.commit === 0 ? 'no commit yet' : `commit ${number(part.commit)}${age}`;
  const behind = part.commits_behind;
  return `through commit ${number(part.commit)}${behind ? ` (${number(behind)} behind)` : ''}, published ${ago(part.age_seconds)}`;
}

const COLUMNS = [
  ['records_in', 'in'], ['counted', 'counted'], ['duplicate', 'duplicate'], ['dead_lettered', 'dead-lettered'], ['filtered', 'filtered'],
];

export function drawRecords({ conservation, reasons }) {
  const holds = conservation.every((source) => source.holds);
  const verdict = document.getElementById('conservation-verdict');
  verdict.textContent = !conservation.length ? '' : holds
    ? '✓ in = counted + duplicate + dead-lettered + filtered'
    : 'in is not what became of it: see the rows marked ✗';
  verdict.className = `note ${holds ? 'ok' : 'wrong'}`;
  document.getElementById('conservation').replaceChildren(
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'source'), ...COLUMNS.map(([, title]) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, ...(conservation.length
      ? conservation.map((source) => el('tr', {},
          el('td', {}, `${source.holds ? '' : '✗ '}${source.source}`),
          ...COLUMNS.map(([key]) => el('td', {}, number(source[key])))))
      : [el('tr', {}, el('td', { colSpan: COLUMNS.length + 1 }, 'No commit yet.'))])));
  drawDeadLetters(reasons);
}

function drawDeadLetters(reasons) {
  const box = document.getElementById('dead-letters');
  const open = new Set([...box.querySelectorAll('details[open]')].map((one) => one.dataset.key));
  if (!reasons.length) {
    box.replaceChildren(el('p', { className: 'note' }, 'None: every record could be read.'));
    return;
  }
  box.replaceChildren(...reasons.map((reason) => {
    const key = `${reason.source} ${reason.reason}`;
    return el('details', { open: open.has(key), dataset: { key } },
      el('summary', {}, el('code', {}, reason.reason), el('span', { className: 'note' }, reason.source),
        el('span', { className: 'count' }, number(reason.records))),
      el('p', {}, reason.detail || 'No sample kept.'),
      reason.sample === null ? null : el('pre', { tabIndex: 0 }, sampleText(reason.sample)),
      reason.topic === null ? null : el('p', {}, `${reason.topic}, partition ${reason.partition}, offset ${reason.offset}, ${time(reason.record_time)}`));
  }));
}
