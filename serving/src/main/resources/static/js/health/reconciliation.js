// What the batch layer compared, what is wrong at this moment, its runs, and the sealed hours.

import { el, keyed, text } from '../dom.js';
import { count, duration, number } from '../format.js';
import { time } from '../time.js';

/** What to say of it: state is yes, no or empty. */
export function verdict({ runs, totals }) {
  const wrong = totals.disagreements;
  if (wrong > 0) {
    return { state: 'no', text: `${count(wrong, 'disagreement')} found, not yet mended.`, notes: 'Mend what can be mended with: weir repair' };
  }
  const compared = runs.find((run) => run.agrees && (run.keys_compared > 0 || audits(run)));
  const running = runs.find((run) => run.state === 'running');
  const notes = [
    compared && `${compared.kind} ${compared.version}, through commit ${number(compared.through_commit)}, ${time(compared.finished_at || compared.started_at)}`,
    compared && compared.duplicates > 0 && `${count(compared.duplicates, 'duplicate')} beyond the horizon removed`,
    compared && unchangedSince(runs, compared),
    running && `a ${running.kind} is under way`,
  ].filter(Boolean).join(' · ');
  if (!compared) {
    const nothing = runs.some((run) => run.state === 'nothing-changed')
      ? 'Nothing to compare: no event hour has changed.'
      : 'Nothing compared yet: the batch layer has not run.';
    return { state: '', text: nothing, notes: notes || 'Run it with: weir batch' };
  }
  const agreed = audits(compared)
    ? `Everything is as it was written: ${number(compared.compared)} rows, keys and commits compared.`
    : `Both views agree: ${count(compared.keys_compared, 'key')} compared.`;
  return { state: 'yes', text: agreed, notes };
}

const audits = (run) => run.kind === 'verify' || run.kind === 'repair';

function unchangedSince(runs, compared) {
  const last = runs.find((run) => run.kind === 'run' && run.version > compared.version && run.state === 'nothing-changed');
  return last && `nothing had changed at ${time(last.finished_at)}`;
}

/** An empty line for drawVerdict. */
export const verdictLine = () => el('p', { className: 'verdict' }, el('span', { className: 'mark', 'aria-hidden': 'true' }, '…'), el('span', {}, el('span', {}, ''), el('small', {}, '')));

export function drawVerdict(line, answer) {
  const { state, text: words, notes } = verdict(answer);
  const [mark, said] = line.children;
  line.className = `verdict ${state}`;
  text(mark, { yes: '✓', no: '!' }[state] || '…');
  text(said.firstChild, words);
  text(said.lastChild, notes);
}

const RUN = [
  ['run', (run) => `${run.kind} ${run.version}`],
  ['state', (run) => run.state],
  ['began', (run) => time(run.started_at)],
  ['took', (run) => (run.state !== 'running' && run.finished_at ? duration((Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000) : run.state === 'running' ? 'under way' : '–')],
  ['hours', (run) => number(run.hours)],
  ['rows read', (run) => number(run.rows_read)],
  ['duplicates', (run) => number(run.duplicates)],
  ['compared', (run) => number(run.compared)],
  ['agrees', (run) => (run.agrees === null ? '–' : run.agrees ? '✓ yes' : `✗ ${count(run.disagreements, 'place')}`)],
];

export function drawRuns(table, { runs }) {
  if (!table.tHead) table.append(el('thead', {}, el('tr', {}, RUN.map(([title]) => el('th', { scope: 'col' }, title)))), el('tbody'));
  keyed(table.tBodies[0], runs, (run) => run.version, () => el('tr', {}, RUN.map(() => el('td'))), (row, run) => {
    RUN.forEach(([, show], i) => text(row.cells[i], show(run)));
    row.cells[RUN.length - 1].className = run.agrees === null ? '' : run.agrees ? 'ok' : 'wrong';
    row.title = run.message || '';
  });
}

export function drawPlaces(list, places, line, total, view) {
  const rest = total - places.length;
  const lines = [...places.map(line), ...(rest > 0 ? [`and ${number(rest)} more: ${view}`] : [])];
  keyed(list, lines, (one) => one, (one) => el('li', {}, one));
}

export const disagreement = (check) =>
  `${check.check_name}: ${check.event_hour ? `${check.subject}, ${time(check.event_hour)}` : check.subject}: ${check.detail || 'differs'}`;

export const sealed = (hour) => `${time(hour.event_hour)} is sealed (${hour.reason}): ${hour.detail}`;
