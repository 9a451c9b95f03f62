/** How long fields that appear later, such as those of a form that opens on a press, still get back what was typed in them. */
const RESTORE_MS = 10 * 60_000;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const FIELDS = 'input, textarea, select';
const isField = (node: unknown): node is Field =>
  node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

type Typed = { value: string; checked: boolean | null };

/**
 * What somebody has typed on a page and not sent, while the page is taken from the screen. In memory alone and gone with
 * the page: nothing of a record is written to the device, and who signs in next on another page never meets it.
 */
export class TypedText {
  /** Fields that were changed by hand. */
  readonly #touched = new WeakSet<Field>();
  #kept = new Map<string, Typed>();
  #path = '';

  /** Watches the page; returns how to stop. */
  watch(): () => void {
    const onInput = ({ target, isTrusted }: Event) => {
      if (isTrusted && isField(target)) this.#touched.add(target);
    };
    for (const name of ['input', 'change']) document.addEventListener(name, onInput, true);
    return () => {
      for (const name of ['input', 'change']) document.removeEventListener(name, onInput, true);
    };
  }

  /** Keeps what stands in the fields now; called before they go. */
  keep(): void {
    this.#path = window.location.pathname;
    this.#kept = new Map();
    for (const [key, field] of keyed())
      if (this.#touched.has(field)) this.#kept.set(key, { value: field.value, checked: checkedOf(field) });
  }

  /** Puts it back as fields appear, as if it were typed again; each once. Returns how to stop. */
  putBack(): () => void {
    const put = () => {
      if (this.#kept.size === 0 || window.location.pathname !== this.#path) return;
      for (const [key, field] of keyed()) {
        const typed = this.#kept.get(key);
        if (!typed) continue;
        this.#kept.delete(key);
        this.#touched.add(field);
        type(field, typed);
      }
    };
    put();
    const observer = new MutationObserver(put);
    observer.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => observer.disconnect(), RESTORE_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }
}

const checkedOf = (field: Field) =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio') ? field.checked : null;

/** The fields of the page under names that are the same when it is drawn again. */
function keyed(): [string, Field][] {
  const seen = new Map<string, number>();
  return [...document.querySelectorAll<Field>(FIELDS)]
    .filter((field) => field.type !== 'password' && field.type !== 'file')
    .map((field) => {
      const label = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? '';
      const choice = checkedOf(field) === null ? '' : field.value;
      const name = [field.tagName, field.type, field.name, label, choice].join('\u0000');
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      return [`${name}\u0000${nth}`, field];
    });
}

/** Through the element's own setter, so that React sees a change. */
function type(field: Field, { value, checked }: Typed): void {
  if (checked !== null) {
    if (field instanceof HTMLInputElement && field.checked !== checked) field.click();
    return;
  }
  if (field.value === value) return;
  const proto = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}
