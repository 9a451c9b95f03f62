import type { Sliceable } from './clip-store';
import { PIECE_BYTES } from './seal';

/** SHA-256 in hexadecimal, read slice by slice: what is hashed may be larger than the memory. */
export async function sha256Of(source: Sliceable): Promise<string> {
  // Loaded where something is sent: the browser's own digest takes a whole at once or nothing.
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const hash = sha256.create();
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    const part = await source.slice(at, Math.min(at + PIECE_BYTES, source.size));
    hash.update(new Uint8Array(await part.arrayBuffer()));
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
