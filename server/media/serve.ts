import 'server-only';
import { pipeline } from 'node:stream/promises';
import type { NextApiRequest, NextApiResponse } from 'next';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findStanding } from '#db/queries/access';
import { insertAccess } from '#db/queries/audit';
import { findMedia, type MediaRow } from '#db/queries/media';
import { can } from '#domain/access';
import { idSchema } from '#domain/input';
import type { Actor } from '../auth/gate';
import { createContext } from '../context';
import { type AppProcess, afterwards } from '../process';
import { diskStorage } from './storage';

/** The object, if this actor may see it: by the relation to its patient, or as staff for the clinic's demo clips. */
function* findVisible(d: Db, actor: Actor, mediaId: string, nowMs: number): Body<MediaRow | null> {
  const row = yield* findMedia(d, { clinicId: actor.clinicId, mediaId });
  if (row?.state !== 'ready' || row.kind === 'original') return null;
  if (row.patientId === null) return row.kind === 'demo' || row.kind === 'poster' ? row : null;
  const standing = yield* findStanding(d, {
    clinicId: actor.clinicId,
    patientId: row.patientId,
    userId: actor.userId,
    nowMs,
  });
  return standing && can('media.read', standing) ? row : null;
}

/** `bytes=a-b`, `bytes=a-` and `bytes=-n`; null where the header asks for nothing or for several parts. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}

/** Serves a stored object with ranges. Strangers and unknown ids look alike. */
export async function serveMedia(app: AppProcess, request: NextApiRequest, response: NextApiResponse): Promise<void> {
  const id = idSchema.safeParse(request.query.id);
  const headers = new Headers({ host: request.headers.host ?? '' });
  const { actor } = await createContext(app, (name) => request.cookies[name], headers);
  if (!actor) return end(response, 401);
  const row = id.success ? await app.database.read((d) => findVisible(d, actor, id.data, Date.now())) : null;
  const storage = diskStorage(app.env.MEDIA_DIR);
  const size = row?.storageKey ? await storage.size(row.storageKey) : null;
  if (!row?.storageKey || size === null) return end(response, 404);
  noteAccess(app, actor, row);
  const range = parseRange(request.headers.range, size);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'private, max-age=600');
  response.setHeader('Content-Type', row.mime ?? 'application/octet-stream');
  response.setHeader('Content-Disposition', 'inline');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${size}`);
    return end(response, 416);
  }
  const { start, end: last } = range ?? { start: 0, end: size - 1 };
  response.statusCode = range ? 206 : 200;
  if (range) response.setHeader('Content-Range', `bytes ${start}-${last}/${size}`);
  response.setHeader('Content-Length', last - start + 1);
  if (request.method === 'HEAD') return void response.end();
  // A viewer that goes away mid-clip is no error.
  await pipeline(storage.read(row.storageKey, { start, end: last }), response).catch(() => undefined);
}

function end(response: NextApiResponse, status: number): void {
  response.status(status).end();
}

function noteAccess(app: AppProcess, actor: Actor, row: MediaRow): void {
  const { patientId } = row;
  if (patientId === null) return;
  const seen = {
    id: uuidv7(),
    clinicId: actor.clinicId,
    actorId: actor.userId,
    sessionId: actor.sessionId,
    policy: 'media.read',
    patientId,
    nowMs: Date.now(),
  };
  afterwards(app, 'access row', () => app.database.write((d) => insertAccess(d, seen)));
}
