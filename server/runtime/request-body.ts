import 'server-only';

/**
 * The body of a request, or null where it is larger than allowed. What is too much is read and thrown away: a sender
 * that is cut off in the middle sees a broken connection, not the answer.
 */
export async function readBody(request: Request, bytesMax: number): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes <= bytesMax) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= bytesMax ? Buffer.concat(chunks) : null;
}

/**
 * What the same request is made of, with a body that was read. To be given to a constructor in parts: Next hands in a
 * stand-in for a request, which Node 24 does not take for one.
 */
export function partsWith({ url, method, headers, signal }: Request, body: Buffer<ArrayBuffer>) {
  return [url, { method, headers, signal, body }] as const;
}

export const tooLarge = (): Response => new Response('too_large', { status: 413 });
