import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findMedia, type MediaRow } from '#db/queries/check-in/media';
import { insertAccess } from '#db/queries/clinic/audit';
import { findStanding } from '#db/queries/people/access';
import { idSchema } from '#domain/input/fields';
import { can } from '#domain/people/access';
import type { Actor } from '#server/auth/gate';
import { actorOfRequest, cookieReader } from '#server/auth/request';
import { type AppProcess, afterwards } from '#server/runtime/process';
import { noteRefusal } from '#server/runtime/refusals';

/** The object, if this actor may see it: by the relation to its patient, or as one of the clinic for its demo clips. */
function* findVisible(d: Db, actor: Actor, mediaId: string, nowMs: number): Body<MediaRow | null> {
  const { clinicId, userId } = actor;
  const row = yield* findMedia(d, { clinicId, mediaId });
  if (row?.state !== 'ready' || row.kind === 'original') return null;
  if (row.patientId === null) return row;
  const standing = yield* findStanding(d, { clinicId, patientId: row.patientId, userId, nowMs });
  return standing && can('media.read', standing) ? row : null;
}

type Range = { start: number; end: number };

/** `bytes=a-b`, `bytes=a-` and `bytes=-n`; null where the header asks for nothing, for nonsense or for several parts. */
export function parseRange(header: string | undefined, size: number): Range | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  if (match[1] === '') return to === 0 ? 'unsatisfiable' : { start: Math.max(0, size - to), end: size - 1 };
  if (match[2] !== '' && to < from) return null;
  if (from >= size) return 'unsatisfiable';
  return { start: from, end: match[2] === '' ? size - 1 : Math.min(to, size - 1) };
}

/** Nothing that is stored may run, be guessed at or be kept, by a proxy or by a browser that somebody else uses next. */
const HEADERS = {
  'Accept-Ranges': 'bytes',
  'Cache-Control': 'no-store',
  'Content-Disposition': 'inline',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Serves a stored object with ranges. Strangers and unknown ids look alike. */
export async function serveMedia(
  app: AppProcess,
  request: IncomingMessage,
  mediaId: unknown,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const cookies = cookieReader(request.headers.cookie ?? null);
  const actor = await actorOfRequest(app, cookies);
  if (!actor) return refuse(response, 401);
  const id = idSchema.safeParse(mediaId);
  const row = id.success ? await app.database.read((d) => findVisible(d, actor, id.data, Date.now())) : null;
  if (!row) noteRefusal(app, { act: 'media.read', actor, input: { mediaId }, nowMs: Date.now() });
  const size = row?.storageKey ? await app.storage.size(row.storageKey) : null;
  if (row && size === null) app.log.error({ mediaId: row.id }, 'a ready object is not in storage');
  if (!row?.storageKey || size === null) return refuse(response, 404);
  noteAccess(app, actor, row);
  const range = parseRange(request.headers.range, size);
  if (range === 'unsatisfiable') return refuse(response, 416, { 'Content-Range': `bytes */${size}` });
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const part = range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {};
  const type = row.mime ?? 'application/octet-stream';
  const length = { 'Content-Type': type, 'Content-Length': end - start + 1 };
  response.writeHead(range ? 206 : 200, { ...HEADERS, ...length, ...part });
  if (request.method === 'HEAD') return void response.end();
  // A viewer that goes away in the middle is no error.
  await pipeline(app.storage.read(row.storageKey, { start, end }), response).catch(() => undefined);
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Length': 0, ...headers }).end();
}

function noteAccess(app: AppProcess, { clinicId, userId, sessionId }: Actor, { patientId }: MediaRow): void {
  if (patientId === null) return;
  const who = { clinicId, actorId: userId, sessionId, patientId };
  const seen = { id: uuidv7(), ...who, policy: 'media.read', nowMs: Date.now() };
  afterwards(app, 'access row', () => app.database.write((d) => insertAccess(d, seen)));
}
