import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../db/open';
import { listClinics } from '../db/queries/clinic/clinics';
import { seedDemo } from '../db/seed/demo';
import type { StoredFile } from '../db/seed/demo-check-ins';
import { takeStore } from '../db/take-store';
import { hashPassword } from '../server/auth/password';
import { fingerprint } from '../server/media/normalise';
import { diskStorage } from '../server/media/storage';
import { findProgram } from './programs.mjs';
import { run } from './spawn.mjs';

/** As many as the demo clinic has check-ins. */
const CLIPS = 4;
const POSITIONS = ['open', 'hook', 'fist', 'hook'];
const SECONDS_EACH = 1.5;

/** A hand that opens and closes, from the photographs of the landing page; nobody was filmed. */
async function makeClipFile(file: string): Promise<void> {
  const pictures = POSITIONS.flatMap((name) => [
    '-loop',
    '1',
    '-t',
    String(SECONDS_EACH),
    '-i',
    `public/art/cut-${name}.webp`,
  ]);
  const fit = 'scale=-2:600,fps=30,format=rgba';
  const wall = (n: number) => `color=c=0xd9d3c7:s=640x480:r=30:d=${SECONDS_EACH}[w${n}]`;
  const one = (n: number) => `[${n}:v]${fit}[h${n}];${wall(n)};[w${n}][h${n}]overlay=(W-w)/2:H-h:shortest=1[p${n}]`;
  const parts = POSITIONS.map((_, n) => one(n));
  const joined = `${POSITIONS.map((_, n) => `[p${n}]`).join('')}concat=n=${POSITIONS.length}:v=1,format=yuv420p[out]`;
  const graph = [...parts, joined].join(';');
  const quiet = ['-nostdin', '-loglevel', 'error', '-y'];
  await run('ffmpeg', [...quiet, ...pictures, '-filter_complex', graph, '-map', '[out]', '-c:v', 'libx264', file]);
}

/** The clips of the demo's check-ins in the media store; none where ffmpeg is missing. */
async function storeClips(mediaFolder: string): Promise<StoredFile[]> {
  if (!findProgram('ffmpeg')) return [];
  const folder = await mkdtemp(join(tmpdir(), 'regrasp-demo-'));
  try {
    const file = join(folder, 'clip.mp4');
    await makeClipFile(file);
    const { sha256, bytes } = await fingerprint(file);
    const clips: StoredFile[] = [];
    while (clips.length < CLIPS) {
      const storageKey = await diskStorage(mediaFolder).put(file);
      clips.push({ storageKey, sha256, bytes, mime: 'video/mp4' });
    }
    return clips;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fills the demo database once; a second run changes nothing. */
async function main(): Promise<void> {
  const { DATABASE_URL: url, REGRASP_DEMO_PASSWORD: password, MEDIA_DIR: mediaFolder } = process.env;
  if (!url || !password || !mediaFolder) throw new Error('seed-demo is run by npm run up');
  const releaseStore = await takeStore(url, process.cwd(), 'app');
  const database = openDatabase(url);
  const passwordHash = await hashPassword(password);
  const isThere = (await database.read((d) => listClinics(d))).some((clinic) => clinic.demo);
  const clips = isThere ? [] : await storeClips(mediaFolder);
  await database.write((d) => seedDemo(d, { passwordHash, nowMs: Date.now(), clips }));
  await database.close();
  releaseStore();
}

await main();
