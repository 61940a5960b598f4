// One stop for the Tab key in a group; the arrow keys move inside.

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * Makes the elements of a group that match a selector rove. With columns, up and down move by a row; without, any arrow
 * moves to the next or the one before.
 */
export function roving(group, selector, columns = 0) {
  const all = () => [...group.querySelectorAll(selector)].filter((one) => !one.hidden && one.offsetParent !== null);
  const choose = (one) => {
    for (const other of group.querySelectorAll(selector)) other.tabIndex = other === one ? 0 : -1;
  };
  group.addEventListener('focusin', (event) => {
    const one = event.target.closest(selector);
    if (one) choose(one);
  });
  group.addEventListener('keydown', (event) => {
    const items = all();
    const at = items.indexOf(event.target.closest(selector));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = STEPS[event.key] || [];
    const to = { Home: 0, End: items.length - 1 }[event.key] ?? (x === undefined ? -1 : at + x + y * (columns || 1));
    if (to < 0 || to >= items.length) return;
    event.preventDefault();
    items[to].focus();
  });
  /** To be called when the elements have changed: exactly one of them can be reached by Tab. */
  return (current) => {
    const items = [...group.querySelectorAll(selector)];
    if (current) choose(current);
    else if (items.length && !items.some((one) => one.tabIndex === 0 && !one.hidden)) choose(items.find((one) => !one.hidden));
    else if (items.filter((one) => one.tabIndex === 0).length > 1) choose(items[0]);
  };
}
