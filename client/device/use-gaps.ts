'use client';

import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';

/** What the first field that was refused is found by: fields say it themselves, rows of choices by `data-gap`. */
const FIRST_GAP = '[aria-invalid="true"], [data-gap] input';

/** The fields of a form that were refused when it was pressed: each says so beside itself until it is changed. */
export function useGaps() {
  const [gaps, setGaps] = useState<ReadonlySet<string>>(new Set());
  return {
    has: (field: string) => gaps.has(field),
    /** Says them, and leads to the first. */
    show(fields: readonly string[], form: HTMLElement) {
      flushSync(() => setGaps(new Set(fields)));
      form.querySelector<HTMLElement>(FIRST_GAP)?.focus();
    },
    /** For the form's `onChange`: what is being mended is no gap any more. */
    mend({ target }: FormEvent<HTMLFormElement>) {
      const name: unknown = Reflect.get(target, 'name');
      setGaps((before) => new Set([...before].filter((field) => field !== name)));
    },
  };
}
