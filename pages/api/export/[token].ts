import type { NextApiRequest, NextApiResponse } from 'next';
import { serveExport } from '#server/media/export';
import { getProcess } from '#server/runtime/process';

/** One download of a record; here since it streams, as media do (docs/decisions/006). */
export default async function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  await serveExport(getProcess(), request, request.query.token, response);
}

export const config = { api: { bodyParser: false, responseLimit: false } };
