import 'server-only';
import { mkdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { deleteUpload, findOwnMedia, insertUpload, listExpiredUploads } from '#db/queries/media';
import { idSchema } from '#domain/input';
import { cookieReader, createContext } from '../context';
import { hasStorage } from '../health';
import type { AppProcess } from '../process';

export const UPLOAD_PATH = '/api/uploads';
const UPLOAD_DAYS_MS = 14 * 24 * 60 * 60_000;
/** Phone files; recorded clips are far smaller. */
const BYTES_MAX = 500_000_000;

export function spoolFolder(app: AppProcess): string {
  return join(app.env.MEDIA_DIR, 'spool');
}

/** The unfinished file of an upload; its name is the media id, which is a UUID of ours and nothing else. */
export function spoolFile(app: AppProcess, mediaId: string): string {
  return join(spoolFolder(app), idSchema.parse(mediaId));
}

const refuse = (status: number, reason: string) => ({ status_code: status, body: reason });

/** Who asks; every method of every upload is checked against the session and the owner. */
async function requireOwner(app: AppProcess, request: Request, mediaId: string) {
  const { actor } = await createContext(app, cookieReader(request.headers.get('cookie')), request.headers);
  if (!actor) throw refuse(401, 'signed_out');
  const known = idSchema.safeParse(mediaId);
  const media = known.success
    ? await app.database.read((d) => findOwnMedia(d, { userId: actor.userId, mediaId: known.data }))
    : undefined;
  if (!media) throw refuse(404, 'not_found');
  return { actor, media };
}

function createUploadServer(app: AppProcess): Server {
  const directory = spoolFolder(app);
  mkdirSync(directory, { recursive: true });
  return new Server({
    path: UPLOAD_PATH,
    datastore: new FileStore({ directory }),
    relativeLocation: true,
    maxSize: BYTES_MAX,
    allowedOrigins: [],
    namingFunction: (_request, metadata) => metadata?.mediaId ?? '',
    async onIncomingRequest(request, mediaId) {
      // The library would serve the raw file to anyone who asks.
      if (request.method === 'GET') throw refuse(405, 'not_allowed');
      if (request.method !== 'POST' && request.method !== 'OPTIONS') await requireOwner(app, request, mediaId);
    },
    async onUploadCreate(request, upload) {
      const { actor, media } = await requireOwner(app, request, upload.id);
      if (media.state !== 'pending') throw refuse(409, 'already_received');
      if (!upload.size || upload.size !== media.bytes) throw refuse(400, 'wrong_size');
      if (!(await hasStorage(app.env.MEDIA_DIR))) throw refuse(507, 'no_space');
      const nowMs = Date.now();
      const row = {
        mediaId: media.id,
        userId: actor.userId,
        tusId: media.id,
        bytes: upload.size,
        createdAt: nowMs,
        expiresAt: nowMs + UPLOAD_DAYS_MS,
      };
      await app.database.write((d) => insertUpload(d, row));
      return { metadata: { mediaId: media.id } };
    },
  });
}

const servers = new WeakMap<AppProcess, Server>();

/** Answers one tus request. Bodies stream to the spool; nothing is buffered. */
export async function handleUpload(app: AppProcess, request: Request): Promise<Response> {
  const server = servers.get(app) ?? createUploadServer(app);
  servers.set(app, server);
  return await server.handleWeb(request);
}

/** How much of an upload has arrived, in bytes; null where nothing has. */
export async function arrivedBytes(app: AppProcess, mediaId: string): Promise<number | null> {
  return await stat(spoolFile(app, mediaId)).then(
    (found) => found.size,
    () => null,
  );
}

/** The store's own clean-up deletes finished uploads too, so only rows of unfinished ones are gone through. */
export async function removeExpiredUploads(app: AppProcess, nowMs: number): Promise<void> {
  const expired = await app.database.read((d) => listExpiredUploads(d, { nowMs }));
  for (const { mediaId } of expired) {
    await removeSpooled(app, mediaId);
    await app.database.write((d) => deleteUpload(d, { mediaId }));
  }
}

export async function removeSpooled(app: AppProcess, mediaId: string): Promise<void> {
  const file = spoolFile(app, mediaId);
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}
