import 'server-only';
import { randomUUID } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isPostgres } from '#db/columns';
import { sqliteFile } from '#db/open';
import { findLatestAct } from '#db/queries/clinic/audit';
import { databaseClock } from '#db/soundness';
import { MINUTE_MS } from '#domain/time/duration';
import { askMediaServer } from '#server/livekit/rooms';
import { ProgramMissing, runProgram } from '#server/media/programs';
import { FREE_SPACE_FLOOR_BYTES } from '#server/runtime/health';
import type { AppProcess } from '#server/runtime/process';
import { type Finding, ok, warning, wrong } from './finding';

const GIB = 1024 ** 3;
/** From here on somebody should look for a larger disk. */
const FREE_SHARE_LOW = 0.1;
const SECOND_MS = 1000;
/** Seals, leases and tokens of visits bear a few seconds, and no minute. */
const DRIFT_WARNING_MS = 5 * SECOND_MS;
const DRIFT_WRONG_MS = MINUTE_MS;
const PROGRAM_MS = 10 * SECOND_MS;

export async function examineDisks({ env }: AppProcess): Promise<Finding[]> {
  const media = await examineDisk('media', env.MEDIA_DIR);
  if (isPostgres(env.DATABASE_URL)) return [media];
  return [await examineDisk('database', dirname(sqliteFile(env.DATABASE_URL))), media];
}

async function examineDisk(name: string, folder: string): Promise<Finding> {
  const what = `disk of ${name}`;
  try {
    await writtenAt(folder);
    const { bavail, blocks, bsize } = await statfs(folder);
    const said = `${((bavail * bsize) / GIB).toFixed(1)} of ${((blocks * bsize) / GIB).toFixed(1)} GiB free at ${folder}`;
    if (bavail * bsize <= FREE_SPACE_FLOOR_BYTES) return wrong(what, `${said}: no upload is taken. Make room.`);
    return bavail < blocks * FREE_SHARE_LOW ? warning(what, `${said}. Make room soon.`) : ok(what, said);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return warning(what, `${folder} is not there. Is it mounted? Where the app never ran, it makes it.`);
    return wrong(what, `${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What time it is for the disk, epoch ms: one over the network has a clock of its own. */
async function writtenAt(folder: string): Promise<number> {
  const file = join(folder, `.doctor-${randomUUID()}`);
  const handle = await open(file, 'wx');
  try {
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}

/** This machine's clock against every other one that we can see. */
export async function examineClock(app: AppProcess, clock: () => number): Promise<Finding[]> {
  const findings: Finding[] = [];
  const compare = async (whose: string, ask: () => Promise<number | null>, roughMs = 0) => {
    const before = clock();
    const at = await ask().catch(() => null);
    if (at === null) return;
    const drift = Math.max(before - at - roughMs, at - clock() - roughMs, 0);
    const said = `${whose} differs by ${Math.round(drift / SECOND_MS)} s. Set both by NTP.`;
    if (drift > DRIFT_WRONG_MS) findings.push(wrong('clock', said));
    else if (drift > DRIFT_WARNING_MS) findings.push(warning('clock', said));
  };
  await compare('the database server’s', () => databaseClock(app.env.DATABASE_URL));
  await compare('the disk’s', () => writtenAt(app.env.MEDIA_DIR));
  const answer = await askMediaServer(app);
  if (answer.kind === 'ready') await compare('the media server’s', async () => answer.date, 2 * SECOND_MS);
  const latest = await app.database.read((d) => findLatestAct(d));
  if (latest !== null && latest > clock() + DRIFT_WARNING_MS)
    findings.push(
      wrong(
        'clock',
        `it is before the last act of this store, ${new Date(latest).toISOString()}. It was set back, or ran ahead.`,
      ),
    );
  return findings.length > 0 ? findings : [ok('clock', 'agrees with the others that can be seen')];
}

const MEDIA_SERVER: Record<Awaited<ReturnType<typeof askMediaServer>>['kind'], () => Finding> = {
  ready: () => ok('media server', 'it answers, and takes the keys'),
  missing: () => warning('media server', 'none is set (LIVEKIT_URL): visits offer the phone'),
  unreachable: () =>
    wrong('media server', 'it does not answer at LIVEKIT_API_URL. Does it run? Is a firewall between?'),
  refused: () =>
    wrong(
      'media server',
      'it refuses the keys. Compare LIVEKIT_API_KEY and LIVEKIT_API_SECRET with its own, and its clock.',
    ),
};

export async function examineMediaServer(app: AppProcess): Promise<Finding[]> {
  return [MEDIA_SERVER[(await askMediaServer(app)).kind]()];
}

export async function examinePrograms({ env }: AppProcess): Promise<Finding[]> {
  const missing: string[] = [];
  for (const program of [env.FFMPEG_PATH, env.FFPROBE_PATH]) {
    const runs = await runProgram(program, ['-version'], { timeoutMs: PROGRAM_MS }).then(
      ({ code }) => code === 0,
      (error: unknown) => {
        if (error instanceof ProgramMissing) return false;
        throw error;
      },
    );
    if (!runs) missing.push(program);
  }
  if (missing.length === 0) return [ok('ffmpeg', 'it runs, and ffprobe')];
  return [
    wrong(
      'ffmpeg',
      `${missing.join(' and ')} cannot be run: clips wait. Install ffmpeg, or set FFMPEG_PATH and FFPROBE_PATH.`,
    ),
  ];
}
