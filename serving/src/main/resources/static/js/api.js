// Questions to the API. A failed answer is a Failure whose message says what the server said.

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
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  if (response.status === 401) dispatchEvent(new CustomEvent('weir-signed-out'));
  const details = (body.errors || []).map((one) => `${one.parameter}: ${one.problem}; ${one.remedy}`);
  throw new Failure(response.status, [body.title, details.length ? null : body.detail].filter(Boolean).join('. ') || `The server answered with status ${response.status}.`, details);
}

/** Server-sent rows of the last minutes. onState tells whether they flow. Returns a function that ends it. */
export function watch(cube, query, onRows, onState) {
  let source;
  let timer;
  const open = () => {
    source = new EventSource(`/api/v1/cubes/${encodeURIComponent(cube)}/live?${query}`);
    source.addEventListener('rows', (event) => onRows(JSON.parse(event.data)));
    source.onopen = () => onState(true);
    source.onerror = () => {
      onState(false);
      // The browser tries again by itself after a cut, but never after a refusal.
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, 5000);
      // Nobody tells the page why it was refused: whoever is signed out is told so by any question.
      get('/api/v1/me').catch(() => {});
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
