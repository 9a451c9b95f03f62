let isAsked = false;

/**
 * Something is kept on this device that is nowhere else: browsers clear the storage of pages that were not used for days,
 * unless they are asked not to. Once for a page. They may say no, and some do not know the question.
 */
export function askToPersist(): void {
  if (isAsked) return;
  isAsked = true;
  // Older browsers, and pages that are not secure, have no such thing.
  const { navigator } = globalThis as { navigator?: { storage?: Partial<StorageManager> } };
  navigator?.storage?.persist?.().catch(() => undefined);
}
