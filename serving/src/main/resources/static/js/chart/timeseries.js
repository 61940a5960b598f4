// Rows over time: bars for what adds up, lines for what does not; live, committed and reconciled drawn differently.

import { measureName } from '../format.js';
import { color } from './canvas.js';
import { hatch, plot, STATUSES } from './plot.js';
import { nameOf, OTHER } from './rows.js';

export const PALETTE = ['#3b82c4', '#d9822b', '#7a5bb5', '#2a9d6f', '#c2476b', '#a08a1f', '#3fa3b5', '#a8632f', '#5b6ee1', '#6f8f2f', '#b05cc0', '#4d7c8a'];
const REST = '#94a0ad';
/** From so many buckets on bars stand side by side without a gap. */
const DENSE = 150;

/** frame: {starts, grain, zone}; measure with its properties; split: whether the rows are of several combinations. */
export function timeseries(set, measure, frame, split, width) {
  const { starts } = frame;
  const index = new Map(starts.map((at, i) => [at, i]));
  const status = starts.map(() => -1);
  const values = new Map();
  const earlier = starts.map(() => null);
  let compared = false;
  for (const row of set.rows) {
    const i = index.get(row.at);
    if (i === undefined) continue;
    if (row.status) status[i] = Math.max(status[i], STATUSES.indexOf(row.status));
    if (!values.has(row.key)) values.set(row.key, starts.map(() => null));
    values.get(row.key)[i] = row.measures[measure.name] ?? null;
    if (!split && row.compared) {
      compared = true;
      earlier[i] = row.compared[measure.name] ?? null;
    }
  }
  const series = split ? parts(values, status, measure) : whole(values.values().next().value || [], status, measure);
  if (compared) {
    series.push({
      id: 'earlier', name: 'earlier period', type: 'line', data: earlier, symbol: 'none', z: 5,
      lineStyle: { width: 1.5, type: 'dashed', color: color('muted') }, itemStyle: { color: color('muted') },
    });
  }
  if (starts.length > DENSE) series.filter((one) => one.type === 'bar').forEach(close);
  return plot({ ...frame, status, series, ribbon: split, legend: split || compared, width });
}

function whole(data, status, measure) {
  const name = measureName(measure.name);
  if (measure.additive) {
    return STATUSES.map((part, rank) => ({
      id: part, name, type: 'bar', stack: 'all', unnamed: rank > 0, barCategoryGap: '22%', barMaxWidth: 46,
      itemStyle: { color: color(part), borderRadius: data.length > DENSE ? 0 : [2, 2, 0, 0], ...(rank === 2 ? { decal: hatch() } : {}) },
      data: data.map((value, i) => (status[i] === rank ? value : null)),
    }));
  }
  // The line to a bucket has that bucket's look; so the one before belongs to this part, too.
  return STATUSES.map((part, rank) => ({
    id: part, name, type: 'line', unnamed: rank > 0, showAllSymbol: true, symbol: 'circle',
    symbolSize: (_, { dataIndex: i }) => (data.length < 40 || (data[i - 1] == null && data[i + 1] == null) ? 5 : 0),
    lineStyle: { width: 2.2, color: color(part), type: rank === 2 ? [5, 3] : 'solid' },
    itemStyle: { color: color(part) },
    data: data.map((value, i) => (status[i] === rank || (status[i + 1] === rank && value !== null) ? value : null)),
  }));
}

/** Without a seam: bars of a fraction of a pixel would let the ground through. */
function close(bar) {
  bar.barCategoryGap = '0%';
  Object.assign(bar.itemStyle, { borderColor: bar.itemStyle.color, borderWidth: 0.7 });
}

function parts(values, status, measure) {
  const striped = (value, i) => (status[i] === 2 && value !== null ? { value, itemStyle: { opacity: 0.8, decal: hatch() } } : value);
  const keys = [...values.keys()].sort((a, b) => (a === OTHER) - (b === OTHER) || nameOf(a).localeCompare(nameOf(b)));
  const names = distinct(keys.map(nameOf));
  return keys.map((key, i) => {
    const shade = key === OTHER ? REST : PALETTE[i % PALETTE.length];
    const common = { id: key, name: names[i], data: values.get(key), itemStyle: { color: shade } };
    return measure.additive
      ? { ...common, type: 'bar', stack: 'all', barCategoryGap: '22%', barMaxWidth: 46, data: common.data.map(striped) }
      : { ...common, type: 'line', lineStyle: { width: 2, color: shade, type: key === OTHER ? 'dashed' : 'solid' }, symbolSize: values.get(key).length < 40 ? 5 : 0, showAllSymbol: true, symbol: 'circle' };
  });
}

/** The legend tells series by their names: combinations that read the same get numbers. */
function distinct(names) {
  const taken = new Set();
  return names.map((name) => {
    let own = name;
    for (let number = 2; taken.has(own); number++) own = `${name} (${number})`;
    taken.add(own);
    return own;
  });
}
