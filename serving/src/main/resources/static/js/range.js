// Ranges: relative ones (now-24h, now-7d/d) and absolute ones, as the API reads them.

import { floor, instant, MINUTE, next, time, wall } from './time.js';

export const PRESETS = [
  ['now-15m', 'now', 'last 15 minutes'],
  ['now-1h', 'now', 'last hour'],
  ['now-6h', 'now', 'last 6 hours'],
  ['now-24h', 'now', 'last 24 hours'],
  ['now/d', 'now', 'today'],
  ['now-1d/d', 'now/d', 'yesterday'],
  ['now-7d', 'now', 'last 7 days'],
  ['now-4w', 'now', 'last 4 weeks'],
  ['now-90d', 'now', 'last 90 days'],
  ['all', 'now', 'everything'],
];
const UNITS = { m: MINUTE, h: 60 * MINUTE };
const ROUNDED = { m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month' };
const RELATIVE = /^now((?:[+-]\d{1,6}[mhdwM])*)(?:\/([mhdwM]))?$/;
const STEP = /([+-]\d+)([mhdwM])/g;
const ABSOLUTE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** The API knows of nothing later. */
const LAST = Date.UTC(2300, 0);

/** The instant that a text names, or NaN. Days, weeks and months are the calendar's of the zone. */
export function resolve(text, now, zone) {
  const [, steps, round] = RELATIVE.exec(written(text)) || [];
  const at = steps === undefined ? absolute(text, zone) : moment(now, steps, zone);
  if (!(at >= 0 && at <= LAST)) return NaN;
  return round ? floor(at, ROUNDED[round], zone) : at;
}

/** An unescaped + of a step or a zone arrives as a space. */
const written = (text) => text.replaceAll(' ', '+');

function moment(now, steps, zone) {
  let at = now;
  for (const [, amount, unit] of steps.matchAll(STEP)) {
    at = UNITS[unit] ? near(at + Number(amount) * UNITS[unit]) : calendarStep(at, Number(amount), unit, zone);
  }
  return at;
}

/** The same time of another day; of a month that is too short, its last day. */
function calendarStep(at, amount, unit, zone) {
  const shown = wall(at, zone);
  const day = new Date(shown);
  if (unit === 'd') day.setUTCDate(day.getUTCDate() + amount);
  if (unit === 'w') day.setUTCDate(day.getUTCDate() + 7 * amount);
  if (unit === 'M') {
    const wanted = day.getUTCDate();
    day.setUTCMonth(day.getUTCMonth() + amount, 1);
    const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(wanted, length));
  }
  return instant(near(day.getTime()), zone, shown - at);
}

/** No calendar goes on for ever. */
const near = (at) => (Math.abs(at) < 2 * LAST ? at : NaN);

function absolute(text, zone) {
  const [, date, hours = '00:00', offset] = ABSOLUTE.exec(written(text)) || [];
  if (offset) return Date.parse(`${date}T${hours}${offset.length === 3 ? `${offset}:00` : offset.toUpperCase()}`);
  return instant(Date.parse(`${date}T${hours}Z`), zone);
}

export const isRelative = (text) => text === 'all' || RELATIVE.test(written(text));

/** What is shown: {from, to} in milliseconds; a running minute is inside. The last hour when the texts say nothing. */
export function bounds({ from, to, tz }, span, now = Date.now()) {
  const end = resolve(to, now, tz);
  const start = from === 'all' ? Date.parse(span.oldest ?? '') || now - 60 * MINUTE : resolve(from, now, tz);
  const last = isRelative(to) && end === now ? next(floor(now, 'minute', tz), 'minute', tz) : end;
  return start < last ? { from: floor(start, 'minute', tz), to: last } : { from: floor(now - 60 * MINUTE, 'minute', tz), to: next(floor(now, 'minute', tz), 'minute', tz) };
}

/** The bucket that suits a range: some hundred points. */
export function suitable({ from, to }) {
  const minutes = (to - from) / MINUTE;
  if (minutes <= 6 * 60 + 1) return 'minute';
  if (minutes <= 14 * 1440 + 60) return 'hour';
  return minutes <= 400 * 1440 ? 'day' : minutes <= 1200 * 1440 ? 'week' : 'month';
}

/** A range in words. */
export function rangeName({ from, to, tz }) {
  const preset = PRESETS.find(([start, end]) => start === from && end === to);
  if (preset) return preset[2];
  const name = (text) => (isRelative(text) || Number.isNaN(absolute(text, tz)) ? text : time(absolute(text, tz), tz));
  return `${name(from)} – ${name(to)}`;
}

/** The range moved by its own length, back (-1) or forth (1). */
export function moved({ from, to }, direction) {
  const length = to - from;
  return { from: iso(from + direction * length), to: iso(to + direction * length) };
}

/** The range twice as long around the same middle. */
export function widened({ from, to }, now = Date.now()) {
  const half = (to - from) / 2;
  return { from: iso(from - half), to: iso(Math.min(to + half, Math.max(now, to))) };
}

export const iso = (at) => `${new Date(floor(at, 'minute', 'UTC')).toISOString().slice(0, 16)}:00Z`;
