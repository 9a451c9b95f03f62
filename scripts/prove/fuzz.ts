import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES } from '../../db/columns';
import { run } from '../spawn.mjs';

const WORLDS = { full: 30, small: 1 };

type Fuzzed = { tried: number; answered: number; refused: number; procedures: number; faults: string[] };

/** Thousands of inputs at random for every procedure, by people at random; the test of the suite with more of it. */
export async function proveFuzz(_admin: string, size: 'full' | 'small') {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-fuzz-'));
  const file = join(folder, 'found.json');
  const seed = randomInt(2 ** 31);
  const env = {
    ...process.env,
    PROVE_FUZZ_WORLDS: String(WORLDS[size]),
    PROVE_FUZZ_SEED: String(seed),
    PROVE_FUZZ_FILE: file,
  };
  try {
    const project = POSTGRES ? 'postgres' : 'sqlite';
    await run('npx', ['vitest', 'run', '--project', project, 'server/testing/fuzz.test.ts'], { env }).catch(
      () => undefined,
    );
    const { faults, ...found } = JSON.parse(readFileSync(file, 'utf8')) as Fuzzed;
    return { seed, ...found, lost: 0, wrong: faults.length, faults: faults.slice(0, 20) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
