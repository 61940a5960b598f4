// The top list: values of one dimension over the whole range. A value can be pressed to filter by it.

import { get } from './api.js';
import { el, measureName, number, valueName } from './format.js';
import { addFilters, isFiltered } from './state.js';

const SHOWN = 10;

export async function loadBreakdown(state, measure, bounds) {
  const query = new URLSearchParams({
    from: new Date(bounds.from).toISOString(),
    to: new Date(bounds.to).toISOString(),
    granularity: 'total',
    dimensions: state.by,
    measures: ['event_count', measure.name].join(','),
    limit: 200,
  });
  // The list's own filter is left out, so that its other values stay in sight.
  const { [state.by]: own, ...filters } = state.filters;
  addFilters(query, { filters, absent: state.absent.filter((name) => name !== state.by) });
  return get(`/api/v1/cubes/${state.cube}/rows`, query);
}

export function drawBreakdown(answer, state, measure, onPress) {
  const rows = answer.rows
    .map((row) => ({ value: row.dimensions[state.by], amount: row.measures[measure.name] }))
    .sort((a, b) => (b.amount ?? -Infinity) - (a.amount ?? -Infinity));
  const largest = Math.max(...rows.map((row) => row.amount || 0), 0);
  const total = rows.reduce((sum, row) => sum + (row.amount || 0), 0);
  const complete = answer.next_offset === null;
  document.getElementById('breakdown-title').textContent = `Top ${state.by} by ${measureName(measure.name)}`;
  document.getElementById('breakdown').replaceChildren(
    ...rows.slice(0, SHOWN).map((row) => {
      const pressed = isFiltered(state, state.by, row.value);
      return el('li', {}, el('button', {
        type: 'button',
        'aria-pressed': String(pressed),
        title: pressed ? 'Remove this filter' : `Only ${valueName(row.value)}`,
        onclick: () => onPress(state.by, row.value),
        dataset: { key: String(row.value) },
      },
        el('span', { className: 'bar', style: { width: `${largest > 0 ? (100 * Math.max(row.amount || 0, 0)) / largest : 0}%` } }),
        el('span', { className: row.value === null || row.value === '' ? 'name none' : 'name' }, valueName(row.value)),
        el('span', {}, number(row.amount)),
        el('span', { className: 'share' }, measure.additive && complete && total > 0 ? `${((100 * row.amount) / total).toFixed(1)} %` : '')));
    }));
  const note = document.getElementById('breakdown-note');
  const hidden = rows.length - SHOWN;
  note.textContent = !rows.length ? 'Nothing in this range.'
    : !complete ? `The ${SHOWN} largest of more than ${rows.length} values by number of events.`
    : hidden > 0 ? `${hidden} more ${hidden === 1 ? 'value' : 'values'}.` : '';
}
