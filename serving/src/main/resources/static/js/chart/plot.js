// An option of ECharts for buckets along a time axis. Every bucket has the same width, in any time zone.

import { number, short } from '../format.js';
import { axisName, axisTicks, bucketName } from '../time.js';
import { color } from './canvas.js';

export const STATUSES = ['reconciled', 'committed', 'live'];

/** Stripes: the mark of what is live. */
export const hatch = () => ({ symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: Math.PI / 4, color: color('hatch') });

/**
 * starts: of the buckets; status: of each bucket, an index of STATUSES or -1; series: of ECharts, each with one value a
 * bucket; ribbon: whether the status needs a band of its own below; legend: whether the series need names.
 */
export function plot({ starts, grain, zone, status, series, ribbon, legend, log, width, note }) {
  const ticks = axisTicks(starts, grain, zone, Math.max(2, Math.floor(width / 76)));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const band = ribbon ? { height: 8, bottom: 0 } : { height: 0, bottom: 0 };
  const axis = { type: 'category', data: starts.map(String), axisTick: { show: false } };
  return {
    animation: !calm,
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    legend: legend
      ? { data: series.filter((one) => !one.unnamed).map((one) => ({ name: one.name, icon: one.type === 'bar' ? 'roundRect' : undefined })), top: 0, left: 0, itemWidth: 14, itemHeight: 10, itemGap: 14, type: 'scroll', textStyle: { color: color('muted'), fontSize: 12.5 }, inactiveColor: color('line'), pageTextStyle: { color: color('muted') }, pageIconColor: color('muted') }
      : { show: false },
    grid: [
      { left: 58, right: 12, top: legend ? 36 : 12, bottom: ribbon ? 38 : 24 },
      { left: 58, right: 12, ...band },
    ],
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(120,140,160,0.14)' } },
      backgroundColor: color('card'),
      borderColor: color('line'),
      padding: [8, 12],
      textStyle: { color: color('text'), fontSize: 13, lineHeight: 20, fontFamily: getComputedStyle(document.body).fontFamily },
      formatter: (points) => tooltip(points, { starts, grain, zone, status, note }),
    },
    xAxis: [
      {
        ...axis,
        axisLine: { lineStyle: { color: color('line') } },
        axisLabel: { color: color('muted'), fontSize: 12, interval: (i) => ticks.has(starts[i]), formatter: (at) => axisName(Number(at), grain, zone), hideOverlap: true },
      },
      { ...axis, gridIndex: 1, show: false },
    ],
    yAxis: [
      {
        type: log ? 'log' : 'value',
        scale: log || series.every((one) => one.type === 'line'),
        splitNumber: 4,
        axisLabel: { color: color('muted'), fontSize: 12, formatter: (value) => short(value) },
        splitLine: { lineStyle: { color: color('line') } },
      },
      { type: 'value', gridIndex: 1, show: false, max: 1 },
    ],
    series: [...series, ...(ribbon ? [bandOf(starts, status)] : [])],
  };
}

/** The band that tells how final each bucket is, where colours already mean something else. */
function bandOf(starts, status) {
  const dense = starts.length > 120;
  const look = (rank) => ({ color: color(STATUSES[rank]), ...(dense ? { borderColor: color(STATUSES[rank]), borderWidth: 0.7 } : {}), ...(rank === 2 ? { decal: hatch() } : {}) });
  return {
    id: 'ribbon',
    name: 'status',
    type: 'bar',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barCategoryGap: dense ? '0%' : '10%',
    silent: true,
    animation: false,
    data: starts.map((_, i) => (status[i] < 0 ? null : { value: 1, itemStyle: look(status[i]) })),
  };
}

function tooltip(points, { starts, grain, zone, status, note }) {
  const found = points.filter((point) => point.seriesId !== 'ribbon' && point.value !== null && point.value !== undefined && point.value !== '-');
  const at = points[0]?.dataIndex;
  if (at === undefined || !found.length) return '';
  const head = [bucketName(starts[at], grain, zone), STATUSES[status[at]], note].filter(Boolean).join(' · ');
  // Where two parts of a line meet, both have the point.
  const named = [...new Map(found.map((point) => [point.seriesName, point])).values()];
  return [head, ...named.sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, 12).map((point) => `${point.marker}${safe(point.seriesName)}   ${number(point.value)}`)].join('\n');
}

/** Braces mean styles in a tooltip. */
const safe = (name) => name.replaceAll('{', '(').replaceAll('}', ')');
