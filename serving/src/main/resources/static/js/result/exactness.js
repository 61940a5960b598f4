// How exact an answer is, in words.

import { count, measureName, number } from '../format.js';
import { time } from '../time.js';

const FINALITY = {
  live: 'live: contains events not yet committed',
  committed: 'committed: exact, not yet recomputed everywhere',
  reconciled: 'reconciled: recomputed by the batch layer',
};

export function exactness(answer, zone) {
  if (!answer.rows.length) return '';
  const bounds = Object.entries(answer.errors || {}).map(([name, { kind, bound }]) => `${measureName(name)} ± ${number(100 * bound)} %${kind === 'standard' ? ' (standard error)' : ''}`);
  return [
    count(answer.rows.length, 'row'),
    FINALITY[answer.status],
    answer.version ? `version ${number(answer.version)}` : null,
    `commit ${number(answer.commit)}`,
    answer.watermark ? `newest event of its commits ${time(answer.watermark, zone)}` : null,
    answer.late_events ? `${count(answer.late_events, 'late event')} counted` : null,
    ...bounds,
    answer.next_offset !== null && answer.next_offset !== undefined ? `only the first ${number(answer.rows.length)} rows are shown: a file has all of them` : null,
  ].filter(Boolean).join(' · ');
}
