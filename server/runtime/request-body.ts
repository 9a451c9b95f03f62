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

export const tooLarge = (): Response => new Response('too_large', { status: 413 });
