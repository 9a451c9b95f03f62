/**
 * Runs in the head of every page. A press before the page's scripts are there is kept and shown as busy: it would be
 * lost on a slow phone, and a form would be sent by the browser itself, with the password in the address.
 */
export const EARLY_TAPS = `(() => {
  let kept = null;
  const keep = (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    event.preventDefault();
    kept?.undo();
    const before = button.getAttribute('aria-busy');
    button.setAttribute('aria-busy', 'true');
    const undo = () => before === null ? button.removeAttribute('aria-busy') : button.setAttribute('aria-busy', before);
    kept = { button, undo };
  };
  addEventListener('click', keep, true);
  window.regraspReady = () => {
    removeEventListener('click', keep, true);
    kept?.undo();
    kept?.button.click();
    kept = null;
  };
})();`;
