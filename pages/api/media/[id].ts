import type { NextApiRequest, NextApiResponse } from 'next';
import { serveMedia } from '#server/media/serve';
import { getProcess } from '#server/process';

/** Range-served media; here because handlers of the app router lose Content-Length (docs/decisions/006). */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.status(405).end();
    return;
  }
  await serveMedia(getProcess(), request, response);
}

export const config = { api: { responseLimit: false } };
