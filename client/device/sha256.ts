/** Read at once; small enough for the memory of any phone. */
const SLICE_BYTES = 2 * 1024 * 1024;

/** SHA-256 in hexadecimal, read slice by slice: what is hashed may be larger than the memory. */
export async function sha256Of(blob: Blob): Promise<string> {
  // Loaded where something is sent: the browser's own digest takes a whole at once or nothing.
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const hash = sha256.create();
  for (let at = 0; at < blob.size; at += SLICE_BYTES)
    hash.update(new Uint8Array(await blob.slice(at, at + SLICE_BYTES).arrayBuffer()));
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
