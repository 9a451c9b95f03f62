import * as z from 'zod/mini';
import { Failure } from './failure';

/**
 * Which state of a text a save was written over: 0 before the first. A page of an earlier build does not say, and is not
 * asked.
 */
export const revisionSchema = z.optional(z.int().check(z.minimum(0), z.maximum(2_147_483_646)));

type Stored<T> = { value: T; revision: number };

/**
 * The revision that a save makes; the stored one where it changes nothing, as a save does that is sent twice. Throws a
 * `Failure` of CONFLICT, `text_elsewhere`, where somebody has written since.
 */
export function nextRevision<T>(
  stored: Stored<T>,
  sent: { value: T; revision: number | undefined },
  isSame: (a: T, b: T) => boolean,
): number {
  if (isSame(stored.value, sent.value)) return stored.revision;
  if (sent.revision !== undefined && sent.revision !== stored.revision) throw new Failure('CONFLICT', 'text_elsewhere');
  return stored.revision + 1;
}
