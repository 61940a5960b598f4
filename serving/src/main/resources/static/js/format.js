// Numbers, times and names as people read them.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

export function number(value) {
  if (value === null || value === undefined) return '–';
  if (Math.abs(value) >= 1000) return whole.format(value);
  return Number.isInteger(value) ? whole.format(value) : fine.format(Number(value.toPrecision(5)));
}

export function short(value) {
  if (value === null || value === undefined) return '–';
  return Math.abs(value) >= 1_000_000 ? compact.format(value) : number(value);
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return 'under a second';
  const steps = [[86400 * 365, 'year'], [86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
  const [length, unit] = steps.find(([size]) => seconds >= size);
  const amount = Math.floor(seconds / length);
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

export function time(value) {
  return value ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : '–';
}

/** value_p95 -> value p95 */
export function measureName(name) {
  return name === 'event_count' ? 'events' : name.replace(/_(distinct|sum|min|max|avg|count|p[\d_]+)$/, (_, kind) =>
    kind === 'distinct' ? ' distinct' : ` ${kind.replace('_', '.')}`);
}

export function valueName(value) {
  return value === null ? '(none)' : value === '' ? '(empty)' : value;
}

/** The text of a sample in PostgreSQL's escape format; bytes that are not UTF-8 show as such. */
export function sampleText(escaped) {
  const bytes = [];
  for (const [part, octal] of escaped.matchAll(/\\([0-7]{3})|\\\\|[^\\]/g)) {
    bytes.push(octal ? parseInt(octal, 8) : part.charCodeAt(part.length - 1));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** Makes an element: el('p', {className: 'x'}, 'text', child). Text is text, never markup. */
export function el(tag, properties, ...children) {
  const { dataset, style, ...rest } = properties || {};
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, dataset);
  for (const [name, value] of Object.entries(style || {})) element.style.setProperty(name, value);
  for (const [name, value] of Object.entries(rest)) if (name.startsWith('aria-')) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
