// Numbers, durations and names as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

/** Where an answer keeps the text of numbers with more digits than a double has, beside their doubles. */
export const DIGITS = Symbol('digits');

/** A number of an answer with all of its digits: as text where a double would lose some. */
export const digits = (numbers, name) => numbers?.[DIGITS]?.[name] ?? numbers?.[name];

/** All digits that matter: 160,109 or 7.9704. */
export function number(value) {
  if (value === null || value === undefined) return '–';
  if (Math.abs(value) >= 1000) return whole.format(value);
  return Number.isInteger(Number(value)) ? whole.format(value) : fine.format(Number(Number(value).toPrecision(5)));
}

/** Short from a million on: 1.28M. */
export function short(value) {
  if (value === null || value === undefined) return '–';
  return Math.abs(value) >= 1_000_000 ? compact.format(value) : number(value);
}

/** To the last digit of its scale; a text may have more digits than a double. */
export const exactly = (value, scale) =>
  value === null || value === undefined ? '–' : new Intl.NumberFormat('en', { maximumFractionDigits: scale ?? 6 }).format(value);

export function share(part, of) {
  if (!(of > 0)) return '';
  const percent = (100 * part) / of;
  return percent > 0 && percent < 0.05 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

/** How a value stands to an earlier one: {text: '+3.2 %', way: 'up', said: 'up 3.2 %'}, ×12 from ten times on; null when it cannot be told. */
export function change(now, before) {
  if (now === null || now === undefined || before === null || before === undefined || before === 0) return null;
  const ratio = (now - before) / Math.abs(before);
  if (Math.abs(ratio) < 0.0005) return { text: '±0 %', way: 'same', said: 'unchanged' };
  if (ratio >= 9 && before > 0) {
    const times = `${whole.format(now / before)}`;
    return { text: `×${times}`, way: 'up', said: `${times} times as much` };
  }
  const size = Math.abs(100 * ratio);
  const digits = size >= 100 ? whole.format(size) : size.toFixed(1);
  const way = ratio > 0 ? 'up' : 'down';
  return { text: `${ratio > 0 ? '+' : '−'}${digits} %`, way, said: `${way} ${digits} %` };
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return 'under a second';
  const steps = [[86400 * 365, 'year'], [86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
  const [length, unit] = steps.find(([size]) => seconds >= size);
  return count(Math.floor(seconds / length), unit);
}

export const ago = (seconds) => (seconds === null || seconds === undefined ? 'never' : seconds < 1 ? 'just now' : `${duration(seconds)} ago`);

export const count = (amount, unit, plural = `${unit}s`) => `${number(amount)} ${amount === 1 ? unit : plural}`;

/** value_p95 -> value p95 */
export function measureName(name) {
  return name === 'event_count' ? 'events' : name.replace(/_(distinct|sum|min|max|avg|count|p[\d._]+)$/, (_, kind) =>
    ({ distinct: ' distinct', count: ' present' })[kind] || ` ${kind.replace('_', '.')}`);
}

export function valueName(value) {
  return value === null || value === undefined ? '(none)' : value === '' ? '(empty)' : value;
}
