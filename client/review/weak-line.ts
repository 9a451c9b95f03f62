'use client';

import { useEffect, useState } from 'react';

const SLOW_LINES: readonly unknown[] = ['slow-2g', '2g', '3g'];

/** What the browser says of its line; Safari and Firefox say nothing. */
const lineOf = (): unknown => (typeof navigator === 'undefined' ? null : Reflect.get(navigator, 'connection'));

const fieldOf = (line: unknown, name: string): unknown =>
  typeof line === 'object' && line !== null ? Reflect.get(line, name) : undefined;

function isWeak(): boolean {
  const line = lineOf();
  return fieldOf(line, 'saveData') === true || SLOW_LINES.includes(fieldOf(line, 'effectiveType'));
}

/**
 * Was the line slow, or asked to be spared, when the page was opened, as far as the browser says? What is being looked at
 * does not change under its reader.
 */
export function useWeakLine(): boolean {
  const [weak, setWeak] = useState(false);
  useEffect(() => setWeak(isWeak()), []);
  return weak;
}
