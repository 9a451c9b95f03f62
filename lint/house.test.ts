import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUND, SUBJECTS } from './borders.mjs';
import { BORDERS, type Example, FILES, STYLE, TYPES } from './examples';
import { houseProblems, httpDoors } from './house.mjs';

const CONFIGURATION = [
  'biome.json',
  '.oxlintrc.json',
  'tsconfig.json',
  'lint/no-row-locks.grit',
  'lint/pure-domain.grit',
  'lint/query-is-run.grit',
];
const GOOD: Record<string, string> = {
  'domain/good.ts': "import * as z from 'zod/mini';\n\nexport const x = z.string();\n",
  'db/good.ts':
    "import 'server-only';\nimport { eq } from 'drizzle-orm';\nimport '#domain/good';\n\nexport const x = eq;\n",
  'server/good.ts': "import 'server-only';\nimport '#db/good';\nimport '#domain/good';\n\nexport const x = 1;\n",
  'client/good.ts': "import '#domain/good';\n\nexport const x = 1;\n",
  'components/good.tsx': "import '#client/good';\nimport '#domain/good';\n\nexport const X = () => <p>{'x'}</p>;\n",
  'app/x/y/good.tsx': "import '#server/good';\nimport '../../_server/caller';\n\nexport const x = 1;\n",
  'client/visit/good.ts':
    "import '#client/annotation/board';\nimport '#client/device/store';\nimport '#domain/practice/log';\n\nexport const x = 1;\n",
  'components/shell/good.tsx':
    "import '#client/people/sign-in';\nimport '#components/visit/waiting-now';\n\nexport const x = 1;\n",
  'server/runtime/worker.ts':
    "import 'server-only';\nimport '#server/acts/clinic/seal-audit';\n\nexport const x = 1;\n",
  'e2e/good.ts': "import '../db/factories/database';\n\nexport const x = 1;\n",
};

const folder = mkdtempSync(join(tmpdir(), 'regrasp-lint-'));

function write(file: string, code: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), code);
}

/** What a linter says, by file. It runs in a copy of the house that holds the examples only. */
function run(program: string, args: string[]): string {
  const { stdout, stderr, error } = spawnSync(join(process.cwd(), 'node_modules/.bin', program), args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return stdout || stderr;
}

type Said = { file: string; text: string };
let biome: Said[];
let oxlint: Said[];

beforeAll(() => {
  for (const file of CONFIGURATION) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  for (const { file, code } of [...BORDERS, ...STYLE, ...TYPES, ...FILES]) write(file, `${code}\n`);
  for (const [file, code] of Object.entries(GOOD)) write(file, code);
  biome = readBiome(run('biome', ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']));
  oxlint = readOxlint(run('oxlint', ['--type-aware', '--format=json']));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readBiome(output: string): Said[] {
  const { diagnostics } = JSON.parse(output) as { diagnostics: Record<string, unknown>[] };
  return diagnostics.map((one) => ({ file: JSON.stringify(one.location), text: JSON.stringify(one) }));
}

function readOxlint(output: string): Said[] {
  const { diagnostics } = JSON.parse(output) as { diagnostics: { filename: string; code: string }[] };
  return diagnostics.map((one) => ({ file: one.filename, text: JSON.stringify(one) }));
}

const saidOf = (said: Said[], { file }: Pick<Example, 'file'>) =>
  said.filter((one) => one.file.includes(file)).map((one) => one.text);

describe('Biome refuses', () => {
  it.each([...BORDERS, ...STYLE])('$rule', (example) => {
    expect(saidOf(biome, example).join('\n')).toContain(example.says);
  });
});

describe('oxlint refuses', () => {
  it.each(TYPES)('$rule', (example) => {
    expect(saidOf(oxlint, example).join('\n')).toContain(example.says);
  });
});

describe('the house refuses', () => {
  it.each(FILES)('$rule', ({ says }) => {
    expect(houseProblems(folder).join('\n')).toContain(says);
  });

  it('a door that is not on the list of the access test, wherever it lies', () => {
    write('app/secret/route.ts', 'export const GET = () => new Response();\n');
    write('pages/api/secret.ts', 'export default () => undefined;\n');
    expect(httpDoors(folder)).toEqual(['app/secret/route.ts', 'pages/api/secret.ts']);
  });
});

it('refuses a folder of more than 25 files, tests not counted', () => {
  for (let n = 0; n < 26; n++) write(`app/full/${n}.tsx`, 'export const x = 1;\n');
  for (let n = 0; n < 26; n++) write(`app/tested/${n}.test.ts`, 'export const x = 1;\n');
  const problems = houseProblems(folder).filter((problem) => /^app\/(full|tested)/.test(problem));
  expect(problems).toEqual(['app/full/ holds 26 files at one level; 25 are the most.']);
});

type Arrows = Record<string, readonly string[]>;

/** Everything that is reached from a room by the arrows of its layer. */
function reachedFrom(room: string, arrows: Arrows, seen = new Set<string>()): Set<string> {
  for (const next of arrows[room] ?? []) if (!seen.has(next)) reachedFrom(next, arrows, seen.add(next));
  return seen;
}

describe.each(Object.keys(SUBJECTS))('the arrows between subjects in %s', (layer) => {
  const arrows: Arrows = { ...SUBJECTS[layer as keyof typeof SUBJECTS], ...GROUND[layer as keyof typeof GROUND] };

  it('close no circle', () => {
    for (const room of Object.keys(arrows)) expect([...reachedFrom(room, arrows)]).not.toContain(room);
  });

  it('name rooms that are there', () => {
    for (const room of Object.keys(arrows)) expect(existsSync(join(layer, room)), `${layer}/${room}`).toBe(true);
    for (const room of Object.values(arrows).flat()) expect(Object.keys(arrows)).toContain(room);
  });
});

it.each(Object.keys(GOOD))('%s is refused nothing', (file) => {
  expect(existsSync(join(folder, file))).toBe(true);
  expect([...saidOf(biome, { file }), ...saidOf(oxlint, { file })]).toEqual([]);
  expect(houseProblems(folder).filter((problem) => problem.startsWith(file))).toEqual([]);
});
