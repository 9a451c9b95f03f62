import { folded } from '#domain/input/folded';

// What somebody types before an act on a record. Without a schema: pages load this, and a schema would bring its library along.

/**
 * Whether somebody typed the name of the person whose record it is: the second confirmation of what nothing brings back.
 * Case, accents, how they are composed and spaces do not matter.
 */
export function isNameOf(typed: string, name: string): boolean {
  const plain = folded(name);
  return plain !== '' && folded(typed) === plain;
}

/** A reason as typed, without outer spaces; null where it is shorter than ten characters. */
export function reasonOf(typed: string): string | null {
  const reason = typed.trim();
  return reason.length < 10 ? null : reason;
}
