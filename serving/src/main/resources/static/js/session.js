// Who is there: a form for an API key where one is needed, a banner where none is.

import { Failure, get, post, remove, useCsrf } from './api.js';
import { byId, el } from './dom.js';

/** Waits until the server admits this browser. */
export async function admitted() {
  for (;;) {
    try {
      greet(await get('/api/v1/me'));
      // A session that ends while the page is open: the form comes back, the address keeps what was shown.
      addEventListener('weir-signed-out', () => location.reload(), { once: true });
      return;
    } catch (failure) {
      if (failure.status === 404) return;
      if (failure.status !== 401) throw failure;
      await signIn();
    }
  }
}

function greet(me) {
  useCsrf(me.csrf);
  const open = me.security === 'off';
  byId('open-door').hidden = !open;
  byId('open-door').textContent = open
    ? me.warning || 'Security is off: whoever can reach this machine’s loopback address may do everything.'
    : '';
  byId('sign-out').hidden = open;
  byId('sign-out').onclick = async () => {
    await remove('/api/v1/session').catch(() => {});
    location.reload();
  };
}

/** Shows the form; ends when a key was accepted. */
function signIn() {
  return new Promise((accepted) => {
    const key = el('input', { type: 'password', id: 'key', name: 'key', required: true, autocomplete: 'current-password', spellcheck: false, 'aria-describedby': 'key-note' });
    const wrong = el('p', { className: 'wrong', role: 'alert' });
    const button = el('button', { className: 'strong' }, 'Sign in');
    const form = el('form', {
      className: 'lines',
      onsubmit: async (event) => {
        event.preventDefault();
        button.disabled = true;
        wrong.textContent = '';
        try {
          await post('/api/v1/session', { key: key.value.trim() });
          byId('page').replaceChildren();
          accepted();
        } catch (failure) {
          if (!(failure instanceof Failure)) throw failure;
          wrong.textContent = failure.status === 401 ? 'This key is not known, or it has been revoked. Ask an administrator for one.' : failure.message;
          button.disabled = false;
          key.select();
        }
      },
    },
      el('label', { htmlFor: 'key' }, 'API key'), key,
      el('p', { className: 'note', id: 'key-note' }, 'It is exchanged for a cookie that scripts cannot read, and is not kept in the browser.'),
      wrong, button);
    byId('bar').hidden = true;
    byId('connection').hidden = true;
    byId('page').replaceChildren(el('section', { className: 'card sign-in', 'aria-labelledby': 'sign-in-title' }, el('h1', { id: 'sign-in-title' }, 'Sign in'), form));
    key.focus();
  });
}
