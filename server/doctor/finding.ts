import 'server-only';

/** One line of what the doctor says. `wrong` is to be mended now; a `warning` can wait, or is meant so. */
export type Finding = { standing: 'ok' | 'warning' | 'wrong'; what: string; said: string };

const finding =
  (standing: Finding['standing']) =>
  (what: string, said: string): Finding => ({ standing, what, said });

export const ok = finding('ok');
export const warning = finding('warning');
export const wrong = finding('wrong');

/** So many are named; more say nothing more. */
const NAMED = 10;

/** Ids or keys in a line, never content. */
export function some(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
