/**
 * Runs in the head of every page. A press before the page's scripts are there is kept and shown as busy: it would be
 * lost on a slow phone, and a form would be sent by the browser itself, with the password in the address. What is typed
 * before is said to the page once more: React puts what it drew into a field that it takes over, and a field whose text it
 * holds itself never heard of it; the same with what is chosen. A press that is kept reaches nobody else: React, which may
 * listen already, would do it a first time.
 */
export const EARLY_TAPS = `(() => {
  let kept = null;
  const keep = (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    kept?.undo();
    const before = button.getAttribute('aria-busy');
    button.setAttribute('aria-busy', 'true');
    const undo = () => before === null ? button.removeAttribute('aria-busy') : button.setAttribute('aria-busy', before);
    kept = { button, undo };
  };
  const typed = new Map();
  const chosen = new Map();
  const noteChoice = ({ target }) => {
    const isBox = target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type);
    if (!isBox && !(target instanceof HTMLSelectElement)) return;
    // Of several presses in one group the last is said last.
    chosen.delete(target);
    chosen.set(target, isBox ? target.checked : target.value);
  };
  const chooseAgain = (field, value) => {
    if (field instanceof HTMLSelectElement) {
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (field.type === 'checkbox') {
      // It may have been heard, and then a second press would take it back.
      if (field.checked !== value) field.click();
    } else {
      // The other way through React's own setter first, so that it takes the press for a change.
      field.checked = !value;
      field.click();
    }
  };
  const note = ({ target }) => {
    const isText = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !/^(checkbox|radio|file)$/.test(target.type));
    if (isText) typed.set(target, target.value);
  };
  const sayAgain = (field, value) => {
    const { selectionStart, selectionEnd } = field;
    // Through React's own setter first, so that it takes what follows for a change.
    field.value = '';
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
    if (selectionStart !== null && document.activeElement === field) field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  addEventListener('click', keep, true);
  addEventListener('input', note, true);
  addEventListener('change', noteChoice, true);
  window.regraspReady = () => {
    removeEventListener('click', keep, true);
    removeEventListener('input', note, true);
    removeEventListener('change', noteChoice, true);
    for (const [field, value] of typed) if (field.isConnected) sayAgain(field, value);
    typed.clear();
    for (const [field, value] of chosen) if (field.isConnected) chooseAgain(field, value);
    chosen.clear();
    kept?.undo();
    kept?.button.click();
    kept = null;
  };
})();`;
