import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dumpHash } from '../../db/factories/dump';
import { takeStore } from '../../db/take-store';

/** On a small disk (see `onSmallDisk`): a start that must migrate, with less room than that needs. Arguments: folder, database, release, room. */
async function main(): Promise<void> {
  const [folder = '', pristine = '', root = '', room = ''] = process.argv.slice(2);
  const file = join(folder, 'clinic.sqlite');
  copyFileSync(pristine, file);
  const before = await dumpHash(`file:${file}`);
  if (room === 'read-only') spawnSync('mount', ['-o', 'remount,ro', folder]);
  else fillUpTo(folder, Number(room));
  const sentence = await takeStore(`file:${file}`, root, 'app').then(
    () => 'started',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (room === 'read-only') spawnSync('mount', ['-o', 'remount,rw', folder]);
  const after = await dumpHash(`file:${file}`);
  process.stdout.write(`${JSON.stringify({ sentence, same: before === after, files: readdirSync(folder) })}\n`);
}

/** Leaves so many kilobytes free. */
function fillUpTo(folder: string, kilobytesFree: number): void {
  const { stdout } = spawnSync('df', ['--output=avail', '-k', folder], { encoding: 'utf8' });
  const free = Number(stdout.trim().split('\n').at(-1));
  writeFileSync(join(folder, 'filler'), Buffer.alloc(Math.max(0, free - kilobytesFree) * 1024));
}

await main();
