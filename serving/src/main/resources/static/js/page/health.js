// Data health: whether the numbers can be trusted, and what to do where they cannot.

import { get } from '../api.js';
import { Asker } from '../asker.js';
import { el, figure, text } from '../dom.js';
import { count, duration, number, share } from '../format.js';
import { drawFreshness } from '../health/freshness.js';
import { disagreement, drawPlaces, drawRuns, drawVerdict, sealed, verdictLine } from '../health/reconciliation.js';
import { drawConservation, drawDeadLetters } from '../health/records.js';

export class Health {
  static id = 'health';
  static title = 'Data health';
  static key = '6';
  static numbers = false;

  #app;
  #facts = el('ul', { className: 'tiles plain', 'aria-label': 'In short' });
  #freshness = el('dl', { className: 'freshness' });
  #verdict = verdictLine();
  #runs = el('table', { id: 'runs' });
  #disagreements = el('ul', { className: 'places wrong', id: 'disagreements' });
  #sealed = el('ul', { className: 'places', id: 'sealed-hours' });
  #conservation = el('table', { id: 'conservation' });
  #conserved = el('span', { className: 'note', id: 'conservation-verdict' });
  #deadLetters = el('div', { id: 'dead-letters' });
  #asker;

  constructor(app) {
    this.#app = app;
    const card = (title, extra, ...content) => el('section', { className: 'card', 'aria-label': title }, el('div', { className: 'card-head' }, el('h2', {}, title), extra), content);
    this.element = el('div', { className: 'page' },
      el('div', { className: 'page-head' }, el('h1', {}, 'Data health')),
      this.#facts,
      el('div', { className: 'columns' },
        card('Freshness', null, this.#freshness),
        card('Reconciliation', null, this.#verdict, this.#disagreements, this.#sealed)),
      card('What became of every record', this.#conserved, scrolled(this.#conservation, 'Conservation by source')),
      card('Dead letters', null, this.#deadLetters),
      card('Runs of the batch layer', null, scrolled(this.#runs, 'Runs of the batch layer')));
    this.#asker = new Asker(app, this.element);
    this.repeats = [[() => this.#asker.again(...this.#question()), 2500]];
  }

  show(freshness) {
    return this.#asker.ask(...this.#question(freshness));
  }

  leave() {
    this.#asker.leave();
  }

  #question(told) {
    return [
      () => Promise.all([told ?? this.#app.loadSpan(), get('/api/v1/reconciliation'), get('/api/v1/dead-letters')]),
      ([freshness, reconciliation, records]) => {
        drawFreshness(this.#freshness, freshness);
        drawVerdict(this.#verdict, reconciliation);
        drawPlaces(this.#disagreements, reconciliation.disagreements, disagreement, reconciliation.totals.disagreements, 'serving.disagreements');
        drawPlaces(this.#sealed, reconciliation.sealed_hours, sealed, reconciliation.totals.sealed_hours, 'serving.sealed_hours');
        drawRuns(this.#runs, reconciliation);
        drawConservation(this.#conservation, this.#conserved, records.conservation);
        drawDeadLetters(this.#deadLetters, records.reasons);
        this.#drawFacts(freshness, reconciliation, records);
      },
    ];
  }

  #drawFacts({ parts }, { totals }, { conservation }) {
    const committed = parts.find((part) => part.part === 'committed');
    const reconciled = parts.find((part) => part.part === 'reconciled');
    const sum = (key) => conservation.reduce((all, source) => all + source[key], 0);
    const facts = [
      ['last commit', committed?.age_seconds == null ? '–' : duration(committed.age_seconds), committed?.commit ? `commit ${number(committed.commit)}` : 'none yet'],
      ['not yet recomputed', reconciled?.commits_behind == null ? '–' : count(reconciled.commits_behind, 'commit'), 'after the last batch run'],
      ['disagreements', number(totals.disagreements), totals.disagreements ? 'see below' : 'none'],
      ['duplicates', number(sum('duplicate')), share(sum('duplicate'), sum('records_in')) || 'none'],
      ['dead letters', number(sum('dead_lettered')), share(sum('dead_lettered'), sum('records_in')) || 'none'],
      ['sealed hours', number(totals.sealed_hours), totals.sealed_hours ? 'not recomputed any more' : 'none'],
    ];
    if (this.#facts.childElementCount !== facts.length) {
      this.#facts.replaceChildren(...facts.map(() => el('li', { className: 'tile' }, el('span', { className: 'tile-name' }), el('strong'), el('span', { className: 'change' }))));
    }
    facts.forEach(([name, value, note], i) => {
      const [named, amount, noted] = this.#facts.children[i].children;
      text(named, name);
      figure(amount, value);
      text(noted, note);
    });
    this.#facts.children[2].classList.toggle('bad', totals.disagreements > 0);
  }
}

/** A table that scrolls within its card where the window is narrow. */
export function scrolled(table, label) {
  return el('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': `Table: ${label}` }, table);
}
