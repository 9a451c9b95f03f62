'use client';

import { useSyncExternalStore } from 'react';
import type { Counted } from './counted';

/** A log that was just saved: named, and taken back by one press for some seconds. */
export type SavedNow = {
  logId: string;
  lineageId: string;
  /** What the player had counted of it, to be there again when it is taken back. */
  counted: Counted | null;
  /** Pain that stops something is taken back as a slip, where it was said. */
  mayUndo: boolean;
  savedAt: number;
};

let saved: SavedNow | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shown on Today, whichever page it was saved on. */
export function showSaved(next: SavedNow | null): void {
  saved = next;
  for (const listener of listeners) listener();
}

export function useSavedNow(): SavedNow | null {
  return useSyncExternalStore(
    subscribe,
    () => saved,
    () => null,
  );
}
