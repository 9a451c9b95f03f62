import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeCheckIn, makeClip } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { run } from '../scripts/spawn.mjs';
import { diskStorage } from '../server/media/storage';
import { FILM, handFilm } from './camera';
import { expect, type Pair } from './fixtures';
import { drawAcross } from './meeting';
import type { TestServer } from './server';

const FOLDER = join(tmpdir(), 'regrasp-film');
const SECONDS = 6;
const FRAMES_PER_SECOND = 30;

/** Two workers look for the same file: each makes its own, and the last one stays. */
async function appearWhole(file: string, make: (made: string) => Promise<unknown>): Promise<string> {
  const made = join(FOLDER, `${process.pid}-${basename(file)}`);
  await make(made);
  renameSync(made, file);
  return file;
}

/** The camera's film as a file that a phone could hold, in the shape that the server gives its clips. */
export async function handClip(): Promise<string> {
  const clip = join(FOLDER, 'hand.mp4');
  if (existsSync(clip)) return clip;
  const film = await handFilm(FOLDER);
  const input = ['-nostdin', '-loglevel', 'error', '-r', String(FILM.framesPerSecond), '-i', film];
  const picture = ['-t', String(SECONDS), '-vf', `fps=${FRAMES_PER_SECOND},format=yuv420p`, '-c:v', 'libx264'];
  const frames = ['-g', '30', '-keyint_min', '30', '-sc_threshold', '0', '-bf', '0', '-movflags', '+faststart'];
  return await appearWhole(clip, (made) => run('ffmpeg', [...input, ...picture, ...frames, '-y', made]));
}

/** The same film grainy and as hard to compress: several pieces of upload. */
export async function largeHandClip(): Promise<string> {
  const clip = join(FOLDER, 'hand-large.mp4');
  if (existsSync(clip)) return clip;
  const plain = await handClip();
  const picture = ['-vf', 'noise=alls=40:allf=t,format=yuv420p', '-t', '1', '-c:v', 'libx264', '-qp', '26'];
  return await appearWhole(clip, (made) =>
    run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-i', plain, ...picture, '-y', made]),
  );
}

/** A clip of Ana's that is really there and can be played. */
async function storeClip(server: TestServer, pair: Pair): Promise<string> {
  const file = await handClip();
  const storageKey = await diskStorage(join(server.folder, 'media')).put(file);
  const bytes = readFileSync(file);
  const owner = { clinicId: pair.clinicId, patientId: pair.ana.patientId, ownerUserId: pair.ana.userId ?? '' };
  const shape = { width: FILM.width, height: FILM.height, framesPerSecond: FRAMES_PER_SECOND };
  const length = { frames: SECONDS * FRAMES_PER_SECOND, durationMs: SECONDS * 1000 };
  const stored = { storageKey, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeClip(d, { ...owner, ...shape, ...length, ...stored, at: Date.now() })),
  );
}

/** A check-in of Ana's about her tendon glides that waits in Mira's queue. Returns its address in the clinic. */
export async function waitingCheckIn(
  server: TestServer,
  pair: Pair,
  { clips = 1, slug = 'tendon-glides' } = {},
): Promise<string> {
  const mediaIds: string[] = [];
  while (mediaIds.length < clips) mediaIds.push(await storeClip(server, pair));
  const at = Date.now() - 60_000;
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const { clinicId, ana, mira } = pair;
      const exercises = [{ slug }];
      const whose = { clinicId, patientId: ana.patientId };
      const program = yield* makeProgram(d, {
        ...whose,
        episodeId: ana.episodeId,
        publishedBy: mira.userId,
        exercises,
        at,
        on: '2026-01-01',
      });
      const { checkInId } = yield* makeCheckIn(d, {
        ...whose,
        userId: ana.userId ?? '',
        at,
        lineageId: program.prescriptions[0]?.lineageId ?? null,
        question: 'Is my thumb in the way?',
        assigneeId: mira.userId,
        mediaIds,
      });
      return checkInId;
    }),
  );
}

/** Past the questions of a new check-in, with pain 2, to the camera. */
export async function toCamera(page: Page): Promise<void> {
  await page.goto('/check-ins/new');
  await page.getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('button', { name: 'Go on to the camera' }).click();
}

/** An arrow in the middle of the clip at the desk, on the frame after the one that is shown. */
export async function drawOnClip(mira: Page): Promise<void> {
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  const clip = mira.getByRole('figure', { name: 'Clip' });
  await expect(clip.getByRole('application')).toBeVisible();
  const box = await clip.boundingBox();
  if (!box) throw new Error('the clip is on the page');
  await mira.getByRole('button', { name: 'Arrow' }).click();
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
}
