const MARK = /^#mark-([0-9a-f-]{36})$/;

/** The drawing that the page's address names, as a measure's link to its picture does; null where it names none. */
export function namedMark(): string | null {
  return MARK.exec(window.location.hash)?.[1] ?? null;
}
