// Questions to the API. A failed answer is an Error whose message says what the server said.

export async function get(path, query) {
  const address = query ? `${path}?${query}` : path;
  let response;
  try {
    response = await fetch(address, { headers: { Accept: 'application/json' } });
  } catch {
    throw new Error('The server does not answer. It is asked again every few seconds.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error([body.title, body.detail].filter(Boolean).join(': ') || `Status ${response.status}`);
  return body;
}

/** Server-sent rows of the last minutes; onState tells whether they flow. Returns a function that ends it. */
export function watch(cube, query, onRows, onState) {
  const source = new EventSource(`/api/v1/cubes/${cube}/live?${query}`);
  source.addEventListener('rows', (event) => onRows(JSON.parse(event.data)));
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  return () => source.close();
}
