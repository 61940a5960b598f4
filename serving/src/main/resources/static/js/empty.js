// What stands where there are no numbers: why, and what to do about it.

import { el } from './dom.js';
import { bounds, iso } from './range.js';
import { listed } from './state.js';
import { time } from './time.js';

export function emptyState(app) {
  const { state, span } = app;
  const range = bounds(state, span);
  if (!span.newest) {
    return notice('Nothing has been committed yet',
      'Send events to a source of the pipeline: they show up here as they arrive.', [el('code', {}, 'weir produce TOPIC FILE')]);
  }
  const filtered = listed(state).length > 0;
  const text = `No events ${filtered ? 'pass the filters' : 'happened'} between ${time(range.from, state.tz)} and ${time(range.to, state.tz)} (${state.tz}). There are events from ${time(span.oldest, state.tz)} to ${time(span.newest, state.tz)}.`;
  return notice('Nothing in this range', text, [
    filtered && el('button', { type: 'button', onclick: () => app.go({ filters: {}, excludes: {}, absent: [] }) }, 'Remove the filters'),
    el('button', { type: 'button', className: 'strong', onclick: () => app.go({ from: 'all', to: 'now' }) }, 'Show everything there is'),
    el('button', { type: 'button', onclick: () => app.go(lastHour(span)) }, 'Show the last hour with events'),
  ]);
}

function lastHour({ newest }) {
  const to = Date.parse(newest) + 60_000;
  return { from: iso(to - 3_600_000), to: iso(to) };
}

function notice(title, text, actions) {
  return el('div', { className: 'empty' }, el('h3', {}, title), el('p', {}, text), el('div', { className: 'actions' }, actions));
}

/** Shows the notice in the place of the content while there is none. */
export function showEmpty(app, box, content, isEmpty) {
  content.hidden = isEmpty;
  const state = isEmpty ? JSON.stringify([app.state, app.span.newest !== null]) : '';
  if (box.dataset.state === state) return;
  box.dataset.state = state;
  box.replaceChildren(...(isEmpty ? [emptyState(app)] : []));
}
