// What the pages ask: the API's query of a state, and the same question as SQL and as a curl command.

import { bounds, iso, suitable } from './range.js';
import { addFilters, list, listed, measureOf } from './state.js';
import { buckets, floor, next } from './time.js';

/** The granularity of a state, chosen by the range where it is left open. */
export function grainOf(state, span) {
  return state.granularity === 'auto' ? suitable(bounds(state, span)) : state.granularity;
}

/** The granularity of a page that leaves no choice of it. */
export const fitting = (state, span) => suitable(bounds(state, span));

/** The query of a range and its filters; extra parameters that are null or empty are left out. */
export function rows(state, span, extra) {
  const query = new URLSearchParams();
  query.set('from', state.from === 'all' ? iso(bounds(state, span).from) : state.from);
  query.set('to', state.to);
  if (state.tz !== 'UTC') query.set('tz', state.tz);
  for (const [name, value] of Object.entries(extra)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, value);
  }
  addFilters(query, state);
  return query;
}

/** The question of the explore page. */
export function explored(state, span, extra = {}) {
  const split = list(state.split);
  const top = split.length && state.top !== 'all' ? { top: state.top, other: state.other === 'true' ? 'true' : null } : {};
  // The largest are those of the first measure, which is what its chart shows.
  const by = top.top && list(state.measures)[0] !== 'event_count' ? { top_by: list(state.measures)[0] } : {};
  return rows(state, span, {
    granularity: grainOf(state, span),
    dimensions: split.join(','),
    measures: state.measures,
    ...top,
    ...by,
    compare: state.compare,
    fill: state.fill === 'none' ? null : state.fill,
    ...extra,
  });
}

export const path = (cube) => `/api/v1/cubes/${encodeURIComponent(cube)}/rows`;

/** A command for a shell. */
export function curl(cube, query) {
  const address = `${location.origin}${path(cube)}?${query}`;
  return `curl -s '${address.replaceAll("'", '%27')}'`;
}

const HOUR = 3_600_000;
const quoted = (name) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
const literal = (value) => `'${value.replaceAll("'", "''")}'`;

/** The same question for psql or a BI tool, and what it leaves out; a range relative to now becomes the one shown. */
export function sql(cube, state, span) {
  const grain = grainOf(state, span);
  const range = whole(bounds(state, span), grain, state.tz);
  const split = list(state.split).map(quoted);
  const measures = list(state.measures);
  const edges = grain === 'minute' || grain === 'total' ? [] : buckets(range.from, range.to, grain, state.tz);
  const byMinute = grain === 'minute' || [range.from, ...edges, range.to].some((at) => at % HOUR !== 0);
  const view = `serving.${quoted(`${state.cube}_${byMinute ? 'minute' : 'hour'}`)}`;
  const conditions = [`bucket >= '${iso(range.from)}'`, `bucket < '${iso(range.to)}'`, ...filters(state)];
  const bucket = { total: [], minute: ['bucket'] }[grain] || [`date_trunc('${grain}', bucket, ${literal(state.tz)})`];
  const groups = [...bucket, ...split];
  const largest = split.length > 0 && state.top !== 'all';
  const lines = leftOut(state, largest);
  if (largest) {
    lines.push(
      `WITH largest AS (`,
      `  SELECT ${split.join(', ')} FROM ${view}`,
      `  WHERE ${conditions.join(' AND ')}`,
      `  GROUP BY ${split.join(', ')} ORDER BY ${rank(cube, measures[0])} DESC NULLS LAST, ${split.join(', ')} LIMIT ${Number(state.top)}`,
      `)`);
    conditions.push(`EXISTS (SELECT FROM largest WHERE ${split.map((name) => `largest.${name} IS NOT DISTINCT FROM cube.${name}`).join(' AND ')})`);
  }
  lines.push(
    `SELECT ${[...bucket.map((one) => (one === 'bucket' ? one : `${one} AS bucket`)), ...split, ...measures.map((name) => `${expression(cube, name)} AS ${quoted(name)}`)].join(',\n       ')}`,
    `FROM ${view} AS cube`,
    `WHERE ${conditions.join('\n  AND ')}`);
  if (groups.length) lines.push(`GROUP BY ${groups.join(', ')}`, `ORDER BY ${groups.map((_, i) => i + 1).join(', ')}`);
  return `${lines.join('\n')};`;
}

/** A line on what the statement lacks of the question; nothing of the address gets into it but a number. */
function leftOut(state, largest) {
  const parts = [
    largest && state.other === 'true' && `the rest beyond the ${Number(state.top)} largest`,
    state.fill !== 'none' && 'rows of buckets without events',
    state.compare && 'the comparison with an earlier period',
  ].filter(Boolean);
  return parts.length ? [`-- Left out: ${parts.join('; ')}.`] : [];
}

/** The whole buckets that a range touches. */
function whole({ from, to }, grain, zone) {
  if (grain === 'total') return { from, to };
  const start = floor(to, grain, zone);
  return { from: floor(from, grain, zone), to: start === to ? to : next(start, grain, zone) };
}

function filters(state) {
  const dimensions = new Set(listed(state).map((one) => one.dimension));
  return [...dimensions].flatMap((name) => {
    const column = quoted(name);
    const within = [
      state.filters[name]?.length && `${column} IN (${state.filters[name].map(literal).join(', ')})`,
      state.absent.includes(name) && `${column} IS NULL`,
    ].filter(Boolean);
    const without = state.excludes[name]?.length && `(${column} NOT IN (${state.excludes[name].map(literal).join(', ')}) OR ${column} IS NULL)`;
    return [within.length > 1 ? `(${within.join(' OR ')})` : within[0], without].filter(Boolean);
  });
}

/** What the largest are chosen by: a mean that is not rounded, so that only equal ones are ties. */
function rank(cube, name) {
  const { kind, of } = measureOf(cube, name);
  return kind === 'avg' ? `sum(${quoted(`${of}_sum`)}) / nullif(sum(${quoted(`${of}_count`)}), 0)` : expression(cube, name);
}

/** How the views' columns are merged over any grouping. */
function expression(cube, name) {
  const { kind, of, scale } = measureOf(cube, name);
  const column = (suffix) => quoted(`${of}_${suffix}`);
  switch (kind) {
    case 'count': return name === 'event_count' ? 'sum(event_count)' : `sum(${quoted(name)})`;
    case 'sum': return `sum(${quoted(name)})`;
    case 'min': return `min(${quoted(name)})`;
    case 'max': return `max(${quoted(name)})`;
    case 'avg': return `round(sum(${column('sum')}) / nullif(sum(${column('count')}), 0), ${scale})`;
    case 'percentile': {
      const percent = name.slice(name.lastIndexOf('_p') + 2).replace('_', '.');
      return `weir.percentile(weir.merge(${column('sketch')}), ${fraction(percent)}) * ${Number(10 ** -scale).toFixed(scale)}`;
    }
    case 'distinct': return `weir.distinct_count(weir.merge(${column('hll')}))`;
    default: throw new Error(`No expression for a measure of the kind ${kind}`);
  }
}

/** 99.9 -> 0.999, digit by digit: a floating point number would ask for another percentile. */
function fraction(percent) {
  const [whole, part = ''] = percent.split('.');
  return `0.${whole.padStart(2, '0')}${part}`;
}
