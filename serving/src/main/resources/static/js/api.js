// Questions to the API. A failed answer is a Failure whose message says what the server said.

import { DIGITS } from './format.js';

let csrf = null;

/** What a state-changing request must carry; told by the server about this session. */
export function useCsrf(token) {
  csrf = token;
}

/** An answer that is none: status 0 when the server does not answer at all. */
export class Failure extends Error {
  constructor(status, message, details = []) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export async function get(path, query, signal) {
  return send(query ? `${path}?${query}` : path, { headers: { Accept: 'application/json' }, signal });
}

export async function post(path, body) {
  return send(path, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...(csrf ? { 'X-Weir-Csrf': csrf } : {}) },
    body: JSON.stringify(body ?? {}),
  });
}

export async function remove(path) {
  return send(path, { method: 'DELETE', headers: csrf ? { 'X-Weir-Csrf': csrf } : {} });
}

async function send(address, request) {
  let response;
  try {
    response = await fetch(address, { credentials: 'same-origin', ...request });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Failure(0, 'The server does not answer. It is asked again every few seconds.');
  }
  const body = await response.text().then(parsed).catch(() => ({}));
  if (response.ok) return body;
  if (response.status === 401) dispatchEvent(new CustomEvent('weir-signed-out'));
  const details = (body.errors || []).map((one) => `${one.parameter}: ${one.problem}; ${one.remedy}`);
  throw new Failure(response.status, [body.title, details.length ? null : body.detail].filter(Boolean).join('. ') || `The server answered with status ${response.status}.`, details);
}

/** The longest number of which a double keeps every digit. */
const DOUBLE_DIGITS = 15;
const LONG_NUMBER = /\d[\d.]{15}/;

/** Most answers have no number that long, and reading them plainly is faster. */
const parsed = (text) => JSON.parse(text, LONG_NUMBER.test(text) ? keepDigits : null);

/** Browsers that do not tell a number's text show what a double holds. */
function keepDigits(name, value, context) {
  const source = typeof value === 'number' && context?.source;
  if (source && source.length > DOUBLE_DIGITS) (this[DIGITS] ??= {})[name] = source;
  return value;
}

/** For so long a stream may be away before anybody is told: servers end each now and then. */
const UNSAID_MILLIS = 3000;
const REFUSED_MILLIS = 5000;

/**
 * Server-sent rows of the last minutes. onState tells whether they flow. Returns a function that ends it.
 *
 * Browsers allow a host six connections, so a tab that nobody sees gives its own back.
 */
export function watch(cube, query, onRows, onState) {
  const ended = new AbortController();
  let source = null;
  let again;
  let doubt = null;
  const settle = () => {
    clearTimeout(doubt);
    doubt = null;
  };
  const wonder = () => {
    doubt ??= setTimeout(() => onState(false), UNSAID_MILLIS);
  };
  const open = () => {
    wonder();
    source = new EventSource(`/api/v1/cubes/${encodeURIComponent(cube)}/live?${query}`);
    source.addEventListener('rows', (event) => onRows(JSON.parse(event.data)));
    source.onopen = () => {
      settle();
      onState(true);
    };
    source.onerror = () => {
      wonder();
      // The browser tries again by itself after a cut, but never after a refusal.
      if (source.readyState !== EventSource.CLOSED) return;
      again = setTimeout(open, REFUSED_MILLIS);
      // Nobody tells the page why it was refused: whoever is signed out is told so by any question.
      get('/api/v1/me').catch(() => {});
    };
  };
  const close = () => {
    clearTimeout(again);
    settle();
    source?.close();
    source = null;
  };
  const follow = () => {
    if (document.hidden) close();
    else if (!source) open();
  };
  document.addEventListener('visibilitychange', follow, { signal: ended.signal });
  follow();
  return () => {
    ended.abort();
    close();
  };
}
