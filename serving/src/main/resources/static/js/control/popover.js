// A button with a panel that opens below it: closes on Escape and on a click elsewhere, gives the focus back.

import { el } from '../dom.js';

let made = 0;

/** {button, panel}; fill(panel) is called each time it opens. */
export function popover(label, fill, properties = {}) {
  const id = `panel-${++made}`;
  const panel = el('div', { id, className: 'panel', popover: 'auto', role: 'dialog', 'aria-label': properties.name || label });
  const button = el('button', { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', ...properties.button }, label);
  button.popoverTargetElement = panel;
  panel.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') fill(panel);
  });
  panel.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (!open) return;
    place(panel, button);
    (panel.querySelector('[data-first]') || panel.querySelector('input, select, button'))?.focus();
  });
  return { button, panel };
}

/** Below the button, inside the window. On a phone the style sheet makes it a sheet at the bottom. */
function place(panel, button) {
  const at = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - panel.offsetWidth - 12));
  const below = innerHeight - at.bottom - 12;
  const top = below >= Math.min(panel.scrollHeight, 240) ? at.bottom + 6 : Math.max(8, innerHeight - panel.offsetHeight - 12);
  panel.style.setProperty('--left', `${Math.round(left)}px`);
  panel.style.setProperty('--top', `${Math.round(top)}px`);
  panel.style.setProperty('--room', `${Math.round(innerHeight - top - 12)}px`);
}
