// npm test: everything. It installs what it needs; the last line counts what passed and what failed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fail, printLedger, Stop, sideBySide, step } from './console.mjs';
import { ensureBuilt, ensureInstalled } from './fresh.mjs';
import { acquireLiveKit } from './livekit-server.mjs';
import { ensureCaddy, ensureChromium, ensureFfmpeg, ensurePostgresTools, findProgram } from './programs.mjs';
import { run } from './spawn.mjs';
import { failedPlaces, printFailures, printSlowest, printUnsteady, readPlaywright, runSuite } from './suites.mjs';

async function prepare() {
  await step('Packages', ensureInstalled);
  await step('ffmpeg', ensureFfmpeg);
  if (!findProgram('ffmpeg')) throw new Stop('The tests need ffmpeg on the PATH.');
  await step('PostgreSQL tools', ensurePostgresTools);
  await step('Chromium', ensureChromium);
  await step('Caddy', ensureCaddy);
  await step('LiveKit server', () =>
    acquireLiveKit(process.env, (what) => process.stdout.write(`(${what}) `)).then(() => 'there'),
  );
}

/** Runs specs and reads their report, `test-results/<name>.json`; traces of failed ones stay in `test-results/<name>`. */
async function playwright(name, args = []) {
  const report = `test-results/${name}.json`;
  rmSync(report, { force: true });
  try {
    await run('npx', ['playwright', 'test', '-c', 'e2e', ...args], {
      env: { ...process.env, CI: '1', REGRASP_E2E_RUN: name, NODE_OPTIONS: '--conditions=react-server' },
    });
  } catch (error) {
    if (!existsSync(report)) throw error;
  }
  return JSON.parse(readFileSync(report, 'utf8'));
}

async function endToEnd() {
  const report = await playwright('e2e');
  const places = failedPlaces(report);
  const again = places.length > 0 ? await playwright('e2e-again', [...places, '--workers=1']) : null;
  return readPlaywright(report, again);
}

async function main() {
  await prepare();
  const results = {};
  const suite = (name) => [
    `Suite ${name}`,
    async () => {
      results[name] = await runSuite(name);
      return `${results[name].passed} passed, ${results[name].failed} failed`;
    },
  ];
  await sideBySide([
    [['Lint', () => run(process.execPath, ['scripts/lint.mjs']).then(() => 'clean')]],
    [
      ['Build', ensureBuilt],
      ['Types', () => run('npx', ['tsc', '--noEmit']).then(() => 'clean')],
    ],
  ]);
  await sideBySide([[suite('house'), suite('sqlite')], [suite('postgres')]]);
  await step('End to end', async () => {
    results.e2e = await endToEnd();
    return `${results.e2e.passed} passed, ${results.e2e.failed} failed`;
  });
  const all = ['house', 'sqlite', 'postgres', 'e2e'].map((name) => results[name]);
  printFailures(all);
  printUnsteady(results.e2e, 'test-results/e2e-again');
  printSlowest(all);
  printLedger();
  process.stdout.write(`\nsqlite: ${results.sqlite.passed} passed\npostgres: ${results.postgres.passed} passed\n`);
  const unequal = results.sqlite.passed === results.postgres.passed ? 0 : 1;
  if (unequal) process.stdout.write('The two engines do not pass the same number of tests.\n');
  const skipped = all.reduce((sum, result) => sum + result.skipped, 0);
  if (skipped > 0) process.stdout.write(`${skipped} skipped: a skipped test counts as failed.\n`);
  const failed = all.reduce((sum, result) => sum + result.failed, 0) + unequal + skipped;
  process.stdout.write(`${all.reduce((sum, result) => sum + result.passed, 0)} passed, ${failed} failed\n`);
  process.exit(failed > 0 ? 1 : 0);
}

main().catch(fail);
