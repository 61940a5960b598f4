// Takes what is shown elsewhere: files in several formats, a link, SQL, a command.

import { el, set } from '../dom.js';
import { curl, explored, path, sql } from '../question.js';
import { copy } from '../shortcuts.js';

const FILES = [
  ['csv', 'CSV', 'For spreadsheets and scripts'],
  ['xlsx', 'Excel', 'With real numbers and times'],
  ['pdf', 'PDF', 'A report with chart and table'],
  ['parquet', 'Parquet', 'For data tools'],
  ['ndjson', 'JSON lines', 'One row a line'],
];

export class Export {
  #app;
  #links = FILES.map(([format, name, title]) => el('a', { className: 'button', title, download: '', dataset: { format } }, name));

  constructor(app) {
    this.#app = app;
    const button = (id, name, title, make, what) => el('button', { id, type: 'button', title, onclick: () => copy(app, make(), what) }, name);
    this.element = el('div', { className: 'exports', role: 'group', 'aria-label': 'Take it elsewhere' },
      el('span', { className: 'label' }, 'Download'), this.#links,
      el('span', { className: 'label' }, 'Copy'),
      button('copy-link', 'Link', 'Opens what is shown (c)', () => location.href, 'The link'),
      button('copy-sql', 'SQL', 'For psql and BI tools', () => sql(app.cube(), app.state, app.span), 'The SQL'),
      button('copy-curl', 'curl', 'For a shell', () => curl(app.state.cube, explored(app.state, app.span)), 'The command'));
  }

  /** The links follow what is shown; without a limit, so that files hold all rows. */
  draw() {
    const { state, span } = this.#app;
    for (const link of this.#links) {
      const { format } = link.dataset;
      set(link, {
        href: `${path(state.cube)}?${explored(state, span, { format })}`,
        download: `${state.cube}.${format}`,
      });
    }
  }
}
