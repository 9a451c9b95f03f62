import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A small house: one start, one rule that it uses, one that only a test uses, one that nobody uses. */
const HOUSE: Record<string, string> = {
  'package.json':
    '{ "name": "house", "type": "module", "dependencies": { "pg": "8.23.1" }, "devDependencies": { "vitest": "4.1.12" } }',
  'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler" } }',
  'scripts/up.mjs': "import { used } from '../domain/rules.ts';\nused();\n",
  'domain/rules.ts':
    'export const used = () => 1;\nexport const usedByATestAlone = () => 2;\nexport const usedByNobody = () => 3;\n',
  'domain/rules.test.ts':
    "import { it } from 'vitest';\nimport { usedByATestAlone } from './rules';\nit('x', () => void usedByATestAlone());\n",
  'domain/left-over.ts': 'export const x = 1;\n',
};

const folder = mkdtempSync(join(tmpdir(), 'regrasp-dead-'));

function knip(...args: string[]): string {
  const { stdout, stderr } = spawnSync(
    join(process.cwd(), 'node_modules/.bin/knip'),
    ['--no-progress', '--no-config-hints', ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  return stdout + stderr;
}

beforeAll(() => {
  cpSync('knip.config.js', join(folder, 'knip.config.js'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(HOUSE)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nothing dead stays', () => {
  it('that neither product nor test uses: an export, a file, a package', () => {
    const said = knip();
    for (const name of ['usedByNobody', 'domain/left-over.ts', 'pg']) expect(said).toContain(name);
    expect(said).not.toContain('usedByATestAlone');
  });

  it('that a test alone uses', () => {
    const said = knip('--production');
    for (const name of ['usedByNobody', 'usedByATestAlone']) expect(said).toContain(name);
    expect(said).not.toMatch(/\bused\b/);
  });
});
