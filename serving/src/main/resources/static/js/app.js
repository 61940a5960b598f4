// The frame around the pages: which one is shown in which state, what is wrong, what is said.

import { get } from './api.js';
import { Bar } from './control/bar.js';
import { byId, el, keyed, text } from './dom.js';
import { address, complete, read } from './state.js';

export class App {
  cubes = [];
  span = { oldest: null, newest: null };
  state = null;
  page = null;
  #pages = new Map();
  #makers;
  #bar = new Bar(this, byId('bar'));
  #troubles = new Map();
  #timers = [];
  #stopWatching = () => {};
  #watch;
  #answered = null;

  /** pages: their classes in order; watch: how live rows are had (see api.js). */
  constructor(pages, watch) {
    this.#makers = pages;
    this.#watch = watch;
    addEventListener('hashchange', () => this.#show());
    // Nobody asks for a tab that nobody sees; what it missed is asked for as soon as it is seen again.
    document.addEventListener('visibilitychange', () => document.hidden || this.page?.repeats?.forEach(([question]) => question()));
  }

  get bar() {
    return this.#bar;
  }

  cube() {
    return this.cubes.find((one) => one.name === this.state.cube);
  }

  /** Shows the same page in another state, as a new step of the history. */
  go(changes) {
    const to = address(this.page.constructor.id, { ...this.state, ...changes });
    if (to !== location.hash) location.hash = to;
  }

  /** Shows another page for what is looked at now. */
  open(id) {
    location.hash = address(id, this.state ?? read().state, true);
  }

  /** Says something to whoever cannot see it, and shows it for a moment. */
  say(words) {
    const said = byId('said');
    said.textContent = '';
    said.textContent = words;
    said.classList.add('shown');
    clearTimeout(this.saying);
    this.saying = setTimeout(() => said.classList.remove('shown'), 2500);
  }

  /** Loads what all pages need, then shows the one of the address. Throws a Failure when it cannot. */
  async start() {
    const [{ cubes }, freshness] = await Promise.all([get('/api/v1/cubes'), this.loadSpan()]);
    this.cubes = cubes;
    this.#show(freshness);
  }

  /** From when to when there are events. */
  async loadSpan() {
    const freshness = await get('/api/v1/freshness');
    this.span = { oldest: freshness.oldest_event_time, newest: freshness.newest_event_time };
    return freshness;
  }

  /** freshness: where it has just been told; a page that needs it asks otherwise. */
  #show(freshness) {
    const { page: id, state } = read();
    const maker = this.#makers.find((one) => one.id === id) || this.#makers[0];
    this.state = complete(state, this.cubes);
    if (this.page?.constructor !== maker) this.#turn(maker);
    byId('bar').hidden = !maker.numbers;
    if (maker.numbers) this.#bar.draw();
    this.#drawNavigation(maker);
    this.#troubles.clear();
    this.#drawTrouble();
    this.page.show(freshness);
    this.#watchRows();
  }

  /** Turns to another page. Pages are made once, so what they showed is there again at once. */
  #turn(maker) {
    const first = this.page === null;
    this.page?.leave?.();
    if (!this.#pages.has(maker)) this.#pages.set(maker, new maker(this));
    this.page = this.#pages.get(maker);
    byId('page').replaceChildren(this.page.element);
    document.title = `${maker.title} – Weir`;
    this.#timers.forEach(clearInterval);
    this.#timers = (this.page.repeats || []).map(([question, millis]) => setInterval(() => document.hidden || question(), millis));
    if (!first) {
      byId('page').focus({ preventScroll: true });
      scrollTo(0, 0);
      this.say(maker.title);
    }
  }

  #watchRows() {
    this.#stopWatching();
    const { page } = this;
    const watched = page.watched?.() || { cube: this.state.cube, query: 'measures=event_count' };
    const key = `${watched.cube} ${watched.query}`;
    this.watching = key;
    this.#stopWatching = this.#watch(watched.cube, watched.query, (answer) => {
      if (this.watching === key && this.page === page) page.live?.(answer);
    }, (flows) => {
      const sign = byId('connection');
      sign.hidden = false;
      text(sign, flows ? 'live' : 'reconnecting');
      sign.className = `connection ${flows ? 'on' : 'off'}`;
    });
  }

  #drawNavigation(current) {
    keyed(byId('nav'), this.#makers, (one) => one.id, (one) => el('a', {}, one.title), (link, one) => {
      link.href = address(one.id, this.state, true);
      link.title = `${one.title} (${one.key})`;
      if (one === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
    scrollToCurrent(byId('nav'));
  }

  /** A part of the page could not be loaded (failure), or could again (null). */
  trouble(part, failure) {
    if (!failure) this.#answered = new Date();
    if (failure ? this.#troubles.get(part)?.message === failure.message : !this.#troubles.has(part)) return;
    if (failure) this.#troubles.set(part, failure);
    else this.#troubles.delete(part);
    this.#drawTrouble();
  }

  #drawTrouble() {
    const box = byId('trouble');
    const [failure] = this.#troubles.values();
    box.hidden = !failure;
    if (!failure) {
      box.replaceChildren();
      return;
    }
    if (!failure.status && failure.status !== 0) console.error(failure);
    const waiting = failure.status === 0 || failure.status >= 500;
    box.replaceChildren(
      el('div', {},
        el('strong', {}, failure.message),
        (failure.details || []).length ? el('ul', {}, failure.details.map((one) => el('li', {}, one))) : null,
        waiting && this.#answered ? el('p', {}, `What is shown is of ${this.#answered.toLocaleTimeString('en-GB')}; it goes on by itself.`) : null),
      waiting
        ? el('button', { type: 'button', onclick: () => this.page.show() }, 'Try again')
        : el('a', { className: 'button', href: `#/${this.page.constructor.id}` }, 'Start afresh'));
  }
}

/** On a phone the row of pages scrolls. Not by scrollIntoView: a browser may have the Tab key begin there then. */
function scrollToCurrent(row) {
  const link = row.querySelector('[aria-current]')?.getBoundingClientRect();
  const seen = row.getBoundingClientRect();
  if (link) row.scrollLeft += link.left - seen.left - (seen.width - link.width) / 2;
}
