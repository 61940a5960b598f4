// The chart: bars for what adds up, lines for what does not. Live buckets are hatched; a ribbon below tells how final
// each bucket is where colours already mean something else.

import { measureName, number, short, time, valueName } from './format.js';
import { OTHER } from './series.js';
import { BUCKET_MILLIS } from './state.js';

const PALETTE = ['#2f7fc1', '#d9822b', '#7a5bb5', '#2a9d6f', '#c2476b', '#8a7a2e', '#4a9fb5', '#8c96a3'];
const STATUSES = ['reconciled', 'committed', 'live'];
const HATCH = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4, color: 'rgba(255,255,255,0.62)' };

export class Chart {
  #chart;

  constructor(element) {
    this.#chart = echarts.init(element);
    new ResizeObserver(() => this.#chart.resize()).observe(element);
  }

  draw(series, measure, split, grain, bounds) {
    const css = getComputedStyle(document.documentElement);
    const color = (name) => css.getPropertyValue(`--${name}`).trim();
    const buckets = [...new Set([...series.rows.values()].map((row) => row.bucket))].sort();
    const index = new Map(buckets.map((bucket, i) => [bucket, i]));
    const times = buckets.map((bucket) => Date.parse(bucket));
    const status = buckets.map(() => 0);
    const byKey = new Map();
    for (const row of series.rows.values()) {
      const i = index.get(row.bucket);
      status[i] = Math.max(status[i], STATUSES.indexOf(row.status));
      if (!byKey.has(row.key)) byKey.set(row.key, []);
      byKey.get(row.key)[i] = row.measures[measure.name];
    }
    // In alphabetical order, so that neither colours nor layers change places when the largest value does.
    const keys = split ? series.values.filter((value) => byKey.has(value)).sort(byName) : [null];
    const byStatus = !split && measure.additive;
    const shown = byStatus
      ? STATUSES.map((name, rank) => ({
          name,
          color: color(name),
          data: times.map((at, i) => [at, status[i] === rank ? byKey.get(null)?.[i] : null]),
        }))
      : keys.map((key, i) => ({
          name: split ? (key === OTHER ? 'other' : valueName(key)) : measureName(measure.name),
          color: split ? (key === OTHER ? '#9aa5b1' : PALETTE[i % PALETTE.length]) : color('accent'),
          data: times.map((at, at_) => [at, byKey.get(key)?.[at_] ?? null]),
        }));
    const bucket = BUCKET_MILLIS[grain];
    this.#chart.setOption(
      {
        useUTC: true,
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        animationDuration: 250,
        animationDurationUpdate: 250,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        legend: split
          ? { data: shown.map((one) => one.name), top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, itemGap: 14, type: 'scroll', textStyle: { color: color('muted') } }
          : { show: false },
        grid: [
          { left: 56, right: 14, top: split ? 34 : 12, bottom: byStatus ? 24 : 36 },
          { left: 56, right: 14, bottom: 0, height: byStatus ? 0 : 8 },
        ],
        tooltip: {
          trigger: 'axis',
          renderMode: 'richText',
          axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(120,140,160,0.12)' } },
          backgroundColor: color('card'),
          borderColor: color('line'),
          textStyle: { color: color('text'), fontSize: 13 },
          formatter: (points) => tooltip(points, times, status, byStatus ? measureName(measure.name) : null, grain),
        },
        xAxis: [
          {
            type: 'time',
            min: bounds.from - (bounds.from % bucket),
            max: bounds.to,
            axisLine: { lineStyle: { color: color('line') } },
            axisTick: { show: false },
            axisLabel: { color: color('muted'), hideOverlap: true },
            splitLine: { show: false },
          },
          { type: 'time', gridIndex: 1, min: bounds.from - (bounds.from % bucket), max: bounds.to, show: false },
        ],
        yAxis: [
          {
            type: 'value',
            min: measure.additive ? 0 : undefined,
            scale: !measure.additive,
            axisLabel: { color: color('muted'), formatter: (value) => short(value) },
            splitLine: { lineStyle: { color: color('line') } },
          },
          { type: 'value', gridIndex: 1, show: false, max: 1 },
        ],
        series: [
          ...shown.map((one) => (measure.additive ? bars(one, status, byStatus) : line(one))),
          ...(byStatus ? [] : [ribbon(times, status, color)]),
        ],
      },
      { replaceMerge: ['series', 'legend'] });
    return { buckets: buckets.length, live: status.includes(2) };
  }
}

function byName(a, b) {
  if (a === OTHER || b === OTHER) return a === OTHER ? 1 : -1;
  return valueName(a).localeCompare(valueName(b));
}

function bars(one, status, byStatus) {
  return {
    id: `bar-${one.name}`,
    name: one.name,
    type: 'bar',
    stack: 'all',
    barCategoryGap: '22%',
    barMaxWidth: 46,
    itemStyle: { color: one.color },
    data: one.data.map((value, i) => ({
      value,
      itemStyle: status[i] === 2 ? { color: one.color, opacity: byStatus ? 1 : 0.75, decal: HATCH } : { color: one.color },
    })),
  };
}

function line(one) {
  return {
    id: `line-${one.name}`,
    name: one.name,
    type: 'line',
    showSymbol: one.data.length < 40,
    symbolSize: 5,
    lineStyle: { width: 2 },
    itemStyle: { color: one.color },
    data: one.data,
  };
}

function ribbon(times, status, color) {
  return {
    id: 'ribbon',
    name: 'status',
    type: 'bar',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barCategoryGap: '8%',
    barMaxWidth: 60,
    silent: true,
    tooltip: { show: false },
    data: times.map((at, i) => ({
      value: [at, 1],
      itemStyle: { color: color(STATUSES[status[i]]), ...(status[i] === 2 ? { decal: HATCH } : {}) },
    })),
  };
}

function tooltip(points, times, status, name, grain) {
  const found = points.filter((point) => point.seriesId !== 'ribbon' && point.value[1] !== null && point.value[1] !== undefined);
  if (!found.length) return '';
  const at = found[0].value[0];
  const head = `${grain === 'day' ? time(at).slice(0, 10) : time(at)} · ${STATUSES[status[times.indexOf(at)]]}`;
  return [head, ...found.map((point) => `${name || point.seriesName}: ${number(point.value[1])}`)].join('\n');
}
