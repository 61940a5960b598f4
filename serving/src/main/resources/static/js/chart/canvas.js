// One ECharts canvas: it follows its element's size and the theme, and lets a range be chosen by dragging.

import { el } from '../dom.js';

const canvases = new Set();

/** The theme's colours by name. */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export class Canvas {
  #chart;
  #draw = null;
  #plot = null;

  /** onZoom gets the first and the last index of the buckets that were dragged over. */
  constructor(element, onZoom) {
    this.element = element;
    this.#chart = echarts.init(element);
    new ResizeObserver(() => {
      if (!element.offsetWidth) return;
      this.#chart.resize();
      this.redraw();
    }).observe(element);
    if (onZoom) this.#dragging(onZoom);
    canvases.add(this);
  }

  /** Draws what make(width) answers: an option of ECharts; it is called again when the theme or the size changes. */
  draw(make) {
    this.#draw = make;
    this.redraw();
  }

  redraw() {
    if (this.#draw && this.element.offsetWidth) this.#chart.setOption(this.#draw(this.element.offsetWidth), { replaceMerge: ['series', 'legend'] });
  }

  #dragging(onZoom) {
    const mark = el('div', { className: 'dragged', hidden: true });
    this.element.append(mark);
    let from = null;
    const index = (x) => Math.round(this.#chart.convertFromPixel({ xAxisIndex: 0 }, x));
    const show = (to) => {
      mark.style.setProperty('left', `${Math.min(from, to)}px`);
      mark.style.setProperty('width', `${Math.abs(to - from)}px`);
      mark.hidden = Math.abs(to - from) < 5;
    };
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const x = event.clientX - this.element.getBoundingClientRect().left;
      if (this.#chart.containPixel({ gridIndex: 0 }, [x, event.clientY - this.element.getBoundingClientRect().top])) from = x;
    });
    addEventListener('pointermove', (event) => {
      if (from !== null) show(event.clientX - this.element.getBoundingClientRect().left);
    });
    addEventListener('pointerup', (event) => {
      if (from === null) return;
      const to = event.clientX - this.element.getBoundingClientRect().left;
      const [first, last] = [index(from), index(to)].sort((a, b) => a - b);
      const far = Math.abs(to - from) >= 5;
      from = null;
      mark.hidden = true;
      if (far) onZoom(first, last);
    });
  }
}

addEventListener('weir-theme', () => canvases.forEach((one) => one.redraw()));
