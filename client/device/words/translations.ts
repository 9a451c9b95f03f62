import { useTranslations as translate } from 'next-intl';
import { isolated } from '#domain/input/isolated';

function inIsolates(values: unknown): unknown {
  if (typeof values !== 'object' || values === null) return values;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? isolated(value) : value]),
  );
}

/** `t`, `t.rich` and `t.markup` alike: the key first, its values second. */
function isolating<F extends object>(said: F): F {
  return new Proxy(said, {
    apply: (target, self, [key, values, ...more]) =>
      typeof target === 'function' ? Reflect.apply(target, self, [key, inIsolates(values), ...more]) : undefined,
    get: (target, name) => {
      const part: unknown = Reflect.get(target, name);
      return typeof part === 'function' && (name === 'rich' || name === 'markup') ? isolating(part) : part;
    },
  });
}

/** One for each that next-intl gives, which stays the same from render to render. */
const known = new WeakMap<object, object>();

/**
 * next-intl's `useTranslations`, where a name from right to left inside a sentence does not turn what stands beside it
 * (`isolated`). The only way to it (lint/house.mjs).
 */
export const useTranslations: typeof translate = new Proxy(translate, {
  apply(hook, self, args) {
    const said = Reflect.apply(hook, self, args);
    const made = known.get(said) ?? isolating(said);
    known.set(said, made);
    return made;
  },
});
