import type { Dose } from '#domain/program/dose';

/** What went out from the desk with one press. */
export type JustAnswered = {
  name: string;
  outcome: 'feedback' | 'redo';
  summary: string;
  /** How many drawings stand on the clips. */
  drawings: number;
  /** The exercise the check-in is about, with its new dose where that was changed; null where it is about none. */
  exercise: { name: string; newDose: Dose | null } | null;
};

let last: JustAnswered | null = null;

/** What was just sent from the desk, to be said by the page that comes after it. */
export function noteAnswered(answered: JustAnswered): void {
  last = answered;
}

/** Said once: the next visit to the page knows nothing of it. */
export function takeAnswered(): JustAnswered | null {
  const said = last;
  last = null;
  return said;
}
