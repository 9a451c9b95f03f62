import { useEffect } from 'react';
import { Observable } from '#client/api/observable';

/** How many words on the screen say to stop or to ring: nothing takes them from it before they are closed. */
export const urgentWords = new Observable(0);

/** Such words are on the screen, while `areUp`. */
export function useUrgentWords(areUp: boolean): void {
  useEffect(() => {
    if (!areUp) return;
    urgentWords.set(urgentWords.snapshot() + 1);
    return () => urgentWords.set(urgentWords.snapshot() - 1);
  }, [areUp]);
}
