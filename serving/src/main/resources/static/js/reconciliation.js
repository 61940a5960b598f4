// What the batch layer compared, what is wrong at this moment, and the sealed hours.

import { el, number, time } from './format.js';

const SHOWN = 5;

export function drawReconciliation(answer) {
  const { state, text, notes } = verdict(answer);
  const line = document.getElementById('agreement');
  line.className = `agreement ${state}`;
  line.replaceChildren(
    el('span', { className: 'mark' }, { yes: '✓', no: '!' }[state] || '…'),
    el('span', {}, text, el('small', {}, notes)));
  list('disagreements', answer.disagreements.map(damage), answer.totals.disagreements);
  list('sealed-hours', answer.sealed_hours.map(sealed), answer.totals.sealed_hours);
}

/** What to say of it: state is yes, no or empty. */
export function verdict({ runs, totals }) {
  const wrong = totals.disagreements;
  if (wrong > 0) {
    const text = `${number(wrong)} disagreement${wrong === 1 ? '' : 's'} found, not yet mended.`;
    return { state: 'no', text, notes: 'Mend what can be mended with: weir repair' };
  }
  const compared = runs.find((run) => run.agrees && (run.keys_compared > 0 || audits(run)));
  const running = runs.find((run) => run.state === 'running');
  const notes = [
    compared && `${compared.kind} ${compared.version}, through commit ${number(compared.through_commit)}, ${time(compared.finished_at || compared.started_at)}`,
    compared && compared.duplicates > 0 && `${number(compared.duplicates)} duplicates beyond the horizon removed`,
    compared && unchangedSince(runs, compared),
    running && `a ${running.kind} is under way`,
  ].filter(Boolean).join(' · ');
  if (!compared) {
    const text = runs.some((run) => run.state === 'nothing-changed')
      ? 'Nothing to compare: no event hour has changed.'
      : 'Nothing compared yet: the batch layer has not run.';
    return { state: '', text, notes: notes || 'Run it with: weir batch' };
  }
  const text = audits(compared)
    ? `Everything is as it was written: ${number(compared.compared)} rows, keys and commits compared.`
    : `Both views agree: ${number(compared.keys_compared)} keys compared.`;
  return { state: 'yes', text, notes };
}

function audits(run) {
  return run.kind === 'verify' || run.kind === 'repair';
}

function unchangedSince(runs, compared) {
  const last = runs.find((run) => run.kind === 'run' && run.version > compared.version && run.state === 'nothing-changed');
  return last && `nothing had changed at ${time(last.finished_at)}`;
}

function damage(check) {
  const place = check.event_hour ? `${check.subject}, ${time(check.event_hour)}` : check.subject;
  return `${check.check_name}: ${place}: ${check.detail || 'differs'}`;
}

function sealed(hour) {
  return `${time(hour.event_hour)} is sealed (${hour.reason}): ${hour.detail}`;
}

function list(id, lines, total) {
  const shown = lines.slice(0, SHOWN);
  const rest = total - shown.length;
  document.getElementById(id).replaceChildren(
    ...shown.map((line) => el('li', {}, line)),
    ...(rest > 0 ? [el('li', {}, `and ${number(rest)} more: serving.${id.replace('-', '_')}`)] : []));
}
