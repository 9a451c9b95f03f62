import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { POSTGRES } from '../../db/columns';
import { Load } from './load';
import { type AppStage, compare, onApp } from './stage';

const BLOCK = Buffer.alloc(64 * 1024, 1);
const FILLED_MS = 1500;

/** Takes all room of the disk but so many bytes; what it returns gives it back. */
function fill(disk: string, left: number): () => void {
  const file = join(disk, 'ballast');
  const handle = openSync(file, 'w');
  let size = 0;
  try {
    for (;;) size += writeSync(handle, BLOCK);
  } catch {
    ftruncateSync(handle, Math.max(0, size - left));
  }
  closeSync(handle);
  return () => rmSync(file);
}

/** Writes that were acknowledged since, within a while; false where there were none. */
async function goesOn(load: Load): Promise<boolean> {
  const before = load.count;
  for (let tries = 0; tries < 200; tries++) {
    if (load.count > before + 3) return true;
    await sleep(100);
  }
  return false;
}

async function kill({ server }: AppStage): Promise<void> {
  if (server.app.pid) process.kill(server.app.pid, 'SIGKILL');
  await server.app.ended;
}

/**
 * On a small disk (see `onSmallDisk`): people write, the disk fills up, and there is room again, over and over; in every
 * second round the app is killed while there is none, and in every fourth it is started then. With PostgreSQL only the media lie on that
 * disk. Arguments: folder, rounds, PostgreSQL server.
 */
async function main(): Promise<void> {
  const [disk = '', rounds = '1', admin = ''] = process.argv.slice(2);
  const database: Record<string, string> = POSTGRES ? {} : { DATABASE_URL: `file:${join(disk, 'clinic.sqlite')}` };
  const env = { ...database, MEDIA_DIR: join(disk, 'media') };
  const said = await onApp(
    admin,
    async (stage) => {
      const load = new Load(stage.cast, { hasRoom: false });
      const stuck: string[] = [];
      for (let round = 0; round < Number(rounds); round++) {
        if (!(await goesOn(load))) stuck.push(`round ${round}: nothing is saved though there is room`);
        const free = fill(disk, (round % 5) * 40_000);
        await sleep(FILLED_MS);
        const dies = round % 2 === 1;
        if (dies) await kill(stage);
        const early = round % 4 === 3 ? stage.server.startApp().catch(() => undefined) : null;
        if (early) await sleep(FILLED_MS);
        free();
        await early;
        if (dies && (!early || (await hasEnded(stage)))) await stage.server.startApp();
      }
      if (!(await goesOn(load))) stuck.push('nothing is saved at the end though there is room');
      await load.end();
      await stage.server.app.stop(30_000);
      const compared = await compare(stage, load);
      const wrong = compared.wrong + stuck.length + (load.withoutRoom > 0 ? 0 : 1);
      return {
        tried: Number(rounds),
        ...compared,
        wrong,
        stuck,
        withoutRoom: load.withoutRoom,
        repeated: load.repeated,
      };
    },
    { env },
  );
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function hasEnded({ server }: AppStage): Promise<boolean> {
  return await Promise.race([server.app.ended.then(() => true), sleep(10).then(() => false)]);
}

await main();
