import 'server-only';
import { mkdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server, type Upload } from '@tus/server';
import { findOwnMedia, type MediaRow, upsertUpload } from '#db/queries/check-in/media';
import { findSession } from '#db/queries/people/sessions';
import { idSchema } from '#domain/input/fields';
import { DAY_MS } from '#domain/time/duration';
import { hashToken } from '#server/auth/gate';
import { readSessionToken, sessionCookieName } from '#server/auth/options';
import { actorOfRequest, cookieReader, isSameOrigin } from '#server/auth/request';
import { hasRoom } from '#server/runtime/health';
import type { AppProcess } from '#server/runtime/process';
import { noteRefusal } from '#server/runtime/refusals';
import { ownsMedia } from './ownership';

const UPLOAD_PATH = '/api/uploads';
export const UPLOAD_MS = 14 * DAY_MS;
/** Phone files; recorded clips are far smaller. */
const BYTES_MAX = 500_000_000;
const METHODS = new Set(['POST', 'HEAD', 'PATCH', 'DELETE']);
const TUS_VERSION = '1.0.0';
const ARRIVED = new Set<MediaRow['state']>(['received', 'processing', 'ready']);

function spoolFolder(app: AppProcess): string {
  return join(app.env.MEDIA_DIR, 'spool');
}

/** The unfinished file of an upload; its name is the media id, which is a UUID of ours and nothing else. */
export function spoolFile(app: AppProcess, mediaId: string): string {
  return join(spoolFolder(app), idSchema.parse(mediaId));
}

const refuse = (status: number, reason: string) => ({ status_code: status, body: reason });

/** Who asks; every method of every upload is checked against the session and the owner. */
async function requireOwner(app: AppProcess, request: Request, mediaId: string): Promise<MediaRow> {
  const actor = await actorOfRequest(app, cookieReader(request.headers.get('cookie')));
  const userId = actor?.userId ?? (await staleUserId(app, request));
  if (!userId) throw refuse(401, 'signed_out');
  const known = idSchema.safeParse(mediaId);
  const media = known.success
    ? await app.database.read((d) => findOwnMedia(d, { userId, mediaId: known.data }))
    : undefined;
  if (!media && actor) noteRefusal(app, { act: 'check_in.submit', actor, input: { mediaId }, nowMs: Date.now() });
  if (!media) throw actor ? refuse(404, 'not_found') : refuse(401, 'signed_out');
  // A login that ran out loses no bytes: to tus clients 401 is the end of an upload and 423 is "try again later".
  if (!actor) throw refuse(423, 'signed_out');
  return media;
}

/** Whose login the cookie was, when it has expired or was ended. It opens nothing. */
async function staleUserId(app: AppProcess, request: Request): Promise<string | null> {
  const cookie = cookieReader(request.headers.get('cookie'))(sessionCookieName(app.env.REGRASP_URL));
  const token = await readSessionToken(app, cookie);
  if (!token) return null;
  const found = await app.database.read((d) => findSession(d, { tokenHash: hashToken(token) }));
  return found?.user.id ?? null;
}

/** Creating an upload again keeps the bytes that are there: the device is told the offset and goes on from it. */
class SpoolStore extends FileStore {
  override async create(file: Upload): Promise<Upload> {
    const exists = await stat(join(this.directory, file.id)).then(
      () => true,
      () => false,
    );
    if (!exists) return await super.create(file);
    await this.configstore.set(file.id, file);
    return file;
  }
}

async function admitUpload(app: AppProcess, request: Request, upload: Upload): Promise<MediaRow> {
  const media = await requireOwner(app, request, upload.id);
  if (media.state !== 'pending') throw refuse(409, 'already_received');
  if (!upload.size || upload.size !== media.bytes) throw refuse(400, 'wrong_size');
  if (!(await hasRoom(app))) throw refuse(507, 'no_space');
  // The folder is another store's: the phone keeps the clip and tries again.
  if (!(await ownsMedia(app))) throw refuse(503, 'media_elsewhere');
  const nowMs = Date.now();
  const row = { mediaId: media.id, userId: media.ownerUserId, tusId: media.id, bytes: upload.size };
  await app.database.write((d) => upsertUpload(d, { ...row, createdAt: nowMs, expiresAt: nowMs + UPLOAD_MS }));
  return media;
}

function createUploadServer(app: AppProcess): Server {
  const directory = spoolFolder(app);
  mkdirSync(directory, { recursive: true });
  return new Server({
    path: UPLOAD_PATH,
    datastore: new SpoolStore({ directory }),
    relativeLocation: true,
    maxSize: BYTES_MAX,
    allowedOrigins: [],
    namingFunction: (_request, metadata) => idSchema.safeParse(metadata?.mediaId).data ?? 'none',
    async onIncomingRequest(request, mediaId) {
      await requireOwner(app, request, mediaId);
      if (request.method === 'PATCH' && !(await hasRoom(app))) throw refuse(507, 'no_space');
    },
    // Whatever else a client puts into the metadata would lie beside the file: only the id is kept.
    async onUploadCreate(request, upload) {
      const media = await admitUpload(app, request, upload);
      return { metadata: { mediaId: media.id } };
    },
  });
}

/** Answers one tus request. Bodies stream to the spool; nothing is buffered. */
export async function handleUpload(app: AppProcess, request: Request): Promise<Response> {
  // GET would serve the raw file; OPTIONS is for pages of other sites, and there are none.
  if (!METHODS.has(request.method)) return new Response('not_allowed', { status: 405 });
  if (request.method !== 'HEAD' && !isSameOrigin(app, request.headers))
    return new Response('foreign_origin', { status: 403 });
  app.uploads ??= createUploadServer(app);
  const answer = await app.uploads.handleWeb(request);
  return request.method === 'HEAD' && answer.status === 404 ? ((await answerWhole(app, request)) ?? answer) : answer;
}

/**
 * The offset of an upload that was taken out of the spool: all of it. A page that was left while it finished asks for it
 * once more, and is told that nothing is missing. Null where its bytes never came or are nobody's business.
 */
async function answerWhole(app: AppProcess, request: Request): Promise<Response | null> {
  const actor = await actorOfRequest(app, cookieReader(request.headers.get('cookie')));
  const { data: mediaId } = idSchema.safeParse(new URL(request.url).pathname.slice(UPLOAD_PATH.length + 1));
  if (!actor || !mediaId) return null;
  const media = await app.database.read((d) => findOwnMedia(d, { userId: actor.userId, mediaId }));
  if (!media || !ARRIVED.has(media.state)) return null;
  const length = String(media.bytes);
  const headers = { 'Tus-Resumable': TUS_VERSION, 'Upload-Offset': length, 'Upload-Length': length };
  return new Response(null, { status: 200, headers: { ...headers, 'Cache-Control': 'no-store' } });
}

/** How much of an upload has arrived, in bytes; null where nothing has. */
export async function arrivedBytes(app: AppProcess, mediaId: string): Promise<number | null> {
  return await stat(spoolFile(app, mediaId)).then(
    (found) => found.size,
    () => null,
  );
}

export async function removeSpooled(app: AppProcess, mediaId: string): Promise<void> {
  const file = spoolFile(app, mediaId);
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}
