import { useState } from 'react';
import type * as z from 'zod/mini';

/**
 * State of a page that outlives its reload in this tab. For what is drawn in the browser alone: the server has no tab. What
 * was kept is read as what anybody may have put there.
 */
export function useTabState<T>(key: string, schema: z.ZodMiniType<T>, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, schema) ?? initial);
  function write(next: T) {
    setValue(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A full device: a reload begins anew.
    }
  }
  return [value, write];
}

function read<T>(key: string, schema: z.ZodMiniType<T>): T | null {
  try {
    const kept = schema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}
