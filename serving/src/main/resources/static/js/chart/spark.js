// A sparkline: the course of a tile's measure, without axes.

import { svg } from '../dom.js';

const WIDTH = 120;
const HEIGHT = 30;

export function spark() {
  const line = svg('path', { class: 'line' });
  const area = svg('path', { class: 'area' });
  const element = svg('svg', { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' }, area, line);
  return { element, draw: (values) => drawInto(line, area, values) };
}

/** Fewer points than pixels, each the mean of its values. */
function thinned(values) {
  const size = Math.ceil(values.length / WIDTH);
  if (size <= 1) return values;
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const part = values.slice(i * size, (i + 1) * size).filter((value) => value !== null);
    return part.length ? part.reduce((sum, value) => sum + value, 0) / part.length : null;
  });
}

function drawInto(line, area, all) {
  const values = thinned(all);
  const present = values.filter((value) => value !== null);
  if (present.length < 2) {
    line.setAttribute('d', '');
    area.setAttribute('d', '');
    return;
  }
  const low = Math.min(...present, 0);
  const high = Math.max(...present);
  const x = (i) => ((i / (values.length - 1)) * WIDTH).toFixed(1);
  const y = (value) => (HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4)).toFixed(1);
  const points = values.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)]]));
  const path = points.map((point) => point.join(' ')).join('L');
  line.setAttribute('d', `M${path}`);
  area.setAttribute('d', `M${points[0][0]} ${HEIGHT}L${path}L${points[points.length - 1][0]} ${HEIGHT}Z`);
}
