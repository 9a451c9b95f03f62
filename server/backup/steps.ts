import 'server-only';
import { createHash } from 'node:crypto';

/** A step of a stream pipeline: bytes in, bytes out, in pieces; however much goes through, memory stays as it is. */
export type Step = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

export async function* asItIs(source: AsyncIterable<Uint8Array>) {
  yield* source;
}

/** SHA-256 as 64 hex digits, and how many bytes. */
export type Measure = { sha256: string; bytes: number };

/** A step that changes nothing and says afterwards what went through. */
export function measuring(): { step: Step; measured(): Measure } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async *step(source) {
      for await (const piece of source) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    measured: () => ({ sha256: hash.digest('hex'), bytes }),
  };
}
