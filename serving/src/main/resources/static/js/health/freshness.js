// How far the live, committed and reconciled parts have come.

import { ago, duration, number } from '../format.js';
import { el, keyed, text } from '../dom.js';

const MEANING = {
  live: 'counted, not yet committed',
  committed: 'exact, not yet recomputed',
  reconciled: 'recomputed from the archive',
};

// Less is a difference between clocks.
const CLOCKS_DIFFER_SECONDS = 60;

export function drawFreshness(list, { parts }) {
  keyed(list, parts, (part) => part.part, (part) =>
    el('div', {}, el('dt', {}, el('i', { className: `swatch ${part.part}` }), part.part), el('dd', {}, el('strong', {}), el('small', {}))),
  (item, part) => {
    const [newest, more] = item.lastChild.children;
    text(newest, newestEvent(part));
    text(more, detail(part));
  });
}

function newestEvent(part) {
  if (!part.newest_event_time) return 'nothing yet';
  return part.ahead_seconds > CLOCKS_DIFFER_SECONDS
    ? `newest event ${duration(part.ahead_seconds)} ahead of the clock`
    : `newest event ${ago(part.lag_seconds)}`;
}

function detail(part) {
  if (part.part === 'live' || part.commit === null) return MEANING[part.part];
  if (part.part === 'committed') return part.commit === 0 ? 'no commit yet' : `commit ${number(part.commit)}${part.age_seconds === null ? '' : `, ${ago(part.age_seconds)}`}`;
  const behind = part.commits_behind ? ` (${number(part.commits_behind)} behind)` : '';
  return `through commit ${number(part.commit)}${behind}, published ${ago(part.age_seconds)}`;
}
