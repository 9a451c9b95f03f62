import type { NextApiRequest, NextApiResponse } from 'next';
import { serveMedia } from '#server/media/serve';
import { getProcess } from '#server/runtime/process';

/** Range-served media; here because handlers of the app router lose Content-Length (docs/decisions/006). */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  await serveMedia(getProcess(), request, request.query.id, response);
}

export const config = { api: { bodyParser: false, responseLimit: false } };
