// Starts the dashboard: who is there (session.js), the frame (app.js), the pages (page/), the keys (shortcuts.js).

import { Failure, watch } from './api.js';
import { App } from './app.js';
import { byId, el } from './dom.js';
import { Explore } from './page/explore.js';
import { Health } from './page/health.js';
import { HeatMap } from './page/heatmap.js';
import { Overview } from './page/overview.js';
import { Percentiles } from './page/percentiles.js';
import { TopLists } from './page/top.js';
import { admitted } from './session.js';
import { listen } from './shortcuts.js';

const RETRY_MILLIS = 3000;
const app = new App([Overview, Explore, TopLists, HeatMap, Percentiles, Health], watch);

function switchTheme() {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('weir-theme', theme);
  dispatchEvent(new CustomEvent('weir-theme'));
  app.say(`${theme} colours`);
}

async function start() {
  try {
    await admitted();
    await app.start();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    byId('page').replaceChildren(el('section', { className: 'card empty' },
      el('h1', {}, 'No numbers yet'), el('p', {}, failure.message),
      el('p', { className: 'note' }, 'This page asks again every few seconds; you need not reload it.')));
    setTimeout(start, RETRY_MILLIS);
  }
}

byId('theme').onclick = switchTheme;
byId('skip').onclick = (event) => {
  // The address holds the state, so the link must not change it.
  event.preventDefault();
  byId('page').focus();
};
listen(app, switchTheme);
start();
