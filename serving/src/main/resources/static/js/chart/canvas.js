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
  #buckets = 0;
  #disposed = new AbortController();

  /** onZoom gets the first and the last index of the buckets that were dragged over. */
  constructor(element, onZoom) {
    this.element = element;
    this.#chart = echarts.init(element);
    const size = new ResizeObserver(() => {
      if (!element.offsetWidth) return;
      this.#chart.resize();
      this.redraw();
    });
    size.observe(element);
    this.#disposed.signal.addEventListener('abort', () => size.disconnect());
    if (onZoom) this.#dragging(onZoom);
    canvases.add(this);
  }

  /** Draws what make(width) answers: an option of ECharts; it is called again when the theme or the size changes. */
  draw(make) {
    this.#draw = make;
    this.redraw();
  }

  redraw() {
    if (!this.#draw || !this.element.offsetWidth) return;
    const option = this.#draw(this.element.offsetWidth);
    this.#buckets = option.xAxis[0].data.length;
    this.#chart.setOption(option, { replaceMerge: ['series', 'legend'] });
  }

  /** Gives back all that it holds; it cannot draw any more. */
  dispose() {
    canvases.delete(this);
    this.#disposed.abort();
    this.#draw = null;
    this.#chart.dispose();
  }

  #dragging(onZoom) {
    const mark = el('div', { className: 'dragged', hidden: true });
    this.element.append(mark);
    const { signal } = this.#disposed;
    let from = null;
    // Whoever drags beyond an edge means the edge.
    const place = (event) => {
      const { left, width } = this.element.getBoundingClientRect();
      return Math.min(Math.max(event.clientX - left, 0), width);
    };
    const index = (x) => Math.min(Math.max(Math.round(this.#chart.convertFromPixel({ xAxisIndex: 0 }, x)), 0), this.#buckets - 1);
    const show = (to) => {
      mark.style.setProperty('left', `${Math.min(from, to)}px`);
      mark.style.setProperty('width', `${Math.abs(to - from)}px`);
      mark.hidden = Math.abs(to - from) < 5;
    };
    const stop = () => {
      from = null;
      mark.hidden = true;
    };
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const x = place(event);
      if (this.#chart.containPixel({ gridIndex: 0 }, [x, event.clientY - this.element.getBoundingClientRect().top])) from = x;
    });
    addEventListener('pointermove', (event) => {
      if (from !== null) show(place(event));
    }, { signal });
    addEventListener('pointerup', (event) => {
      if (from === null) return;
      const to = place(event);
      const [first, last] = [index(from), index(to)].sort((a, b) => a - b);
      const far = Math.abs(to - from) >= 5;
      stop();
      if (far) onZoom(first, last);
    }, { signal });
    addEventListener('pointercancel', stop, { signal });
  }
}

addEventListener('weir-theme', () => canvases.forEach((one) => one.redraw()));
