export type JustAnswered = { name: string; outcome: 'feedback' | 'redo' };

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
