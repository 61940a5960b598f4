// Asks questions for one part of a page: the newest question wins, old content stays until its answer is there.

export class Asker {
  #app;
  #element;
  #running = null;

  constructor(app, element) {
    this.#app = app;
    this.#element = element;
  }

  /** question(signal) answers a promise; draw gets its answer. Whatever is still being asked is given up. */
  async ask(question, draw) {
    this.#running?.abort();
    this.#element.setAttribute('aria-busy', 'true');
    await this.#answer(question, draw);
  }

  /** The same in the background: not while a question is on its way, and without a sign of it. */
  async again(question, draw) {
    if (!this.#running) await this.#answer(question, draw);
  }

  /** Gives up whatever is being asked. */
  leave() {
    this.#running?.abort();
    this.#running = null;
    this.#app.trouble(this, null);
  }

  async #answer(question, draw) {
    const own = (this.#running = new AbortController());
    let answer;
    let failure = null;
    try {
      answer = await question(own.signal);
    } catch (caught) {
      failure = caught;
    }
    if (this.#running !== own) return;
    this.#running = null;
    this.#element.removeAttribute('aria-busy');
    if (!failure) draw(answer);
    this.#app.trouble(this, failure);
  }
}
