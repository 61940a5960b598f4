// The tiles: a measure's value over the range, its change against the period before, its course.

import { spark } from './chart/spark.js';
import { el, figure, keyed, set, text } from './dom.js';
import { change, digits, measureName, number, short } from './format.js';

const sparks = new WeakMap();

/** The measures that are worth a tile: how many events have a number is not. */
export const tiled = (cube) => cube.measures.filter((one) => one.kind !== 'count' || one.name === 'event_count');

/** total: the row over the range, undefined while it is not known; courses: per measure the values over time. */
export function drawTiles(box, cube, chosen, total, courses, onPick) {
  keyed(box, tiled(cube), (one) => `${cube.name}/${one.name}`, (one) => {
    const course = spark();
    const tile = el('button', { type: 'button', className: 'tile', onclick: () => onPick(one.name) },
      el('span', { className: 'tile-name' }, measureName(one.name)), el('strong', { className: 'waiting' }, '–'), el('span', { className: 'change' }), course.element);
    sparks.set(tile, course);
    return tile;
  }, (tile, one) => {
    const [, value, against] = tile.children;
    tile.setAttribute('aria-pressed', String(one.name === chosen));
    if (total !== undefined) {
      const amount = total?.measures[one.name] ?? null;
      const before = total?.compared?.[one.name];
      const shown = number(digits(total?.measures, one.name));
      const moved = change(amount, before);
      value.className = '';
      figure(value, `${one.kind === 'distinct' && amount > 0 ? '≈ ' : ''}${short(amount)}`);
      text(against, moved ? moved.text : '');
      against.className = `change ${moved ? moved.way : ''}`;
      set(tile, {
        title: `${shown}${one.exact ? '' : ' (estimate)'}${before === undefined || before === null ? '' : `; ${number(digits(total.compared, one.name))} in the period before`}`,
        'aria-label': `${measureName(one.name)} ${shown}${moved ? `, ${moved.said} against the period before` : ''}`,
      });
    }
    if (courses) sparks.get(tile).draw(courses[one.name] || []);
  });
}
