// Top lists: one for each dimension, by any measure.

import { choice } from '../control/bar.js';
import { el } from '../dom.js';
import { measureName } from '../format.js';
import { list } from '../state.js';
import { tiled } from '../tiles.js';
import { TopList } from '../toplist.js';

const LENGTHS = ['5', '8', '10', '20', '50'];

export class TopLists {
  static id = 'top';
  static title = 'Top lists';
  static key = '3';
  static numbers = true;

  #app;
  #measure;
  #length;
  #box = el('div', { className: 'lists wide' });
  #made = new Map();

  constructor(app) {
    this.#app = app;
    this.#measure = choice('measure', 'By', (measures) => app.go({ measures }));
    this.#length = choice('length', 'Show', (top) => app.go({ top }));
    this.element = el('div', { className: 'page' }, el('div', { className: 'page-head' }, el('h1', {}, 'Top lists'), this.#measure.element, this.#length.element), this.#box);
    this.repeats = [[() => this.#lists().forEach((one) => one.again(this.#name())), 5000]];
  }

  show() {
    this.#measure.draw(tiled(this.#app.cube()).map((one) => [one.name, measureName(one.name)]), this.#name());
    this.#length.draw(LENGTHS.map((one) => [one, `top ${one}`]), this.#app.state.top);
    this.#box.replaceChildren(...this.#lists().map((one) => one.element));
    this.#lists().forEach((one) => one.show(this.#name()));
  }

  leave() {
    this.#made.forEach((one) => one.leave());
  }

  #name() {
    return list(this.#app.state.measures)[0];
  }

  #lists() {
    const { cube, top } = this.#app.state;
    return this.#app.cube().dimensions.map((dimension) => {
      const key = `${cube} ${dimension} ${top}`;
      if (!this.#made.has(key)) this.#made.set(key, new TopList(this.#app, dimension, Number(top) || 8));
      return this.#made.get(key);
    });
  }
}
