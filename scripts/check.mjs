// npm run check: lint, types, domain and routers on SQLite. Run it all the time.
import { fail, step } from './console.mjs';
import { ensureInstalled } from './fresh.mjs';
import { run } from './spawn.mjs';
import { printFailures, runSuite } from './suites.mjs';

try {
  await step('Packages', ensureInstalled);
  await step('Lint', () => run(process.execPath, ['scripts/lint.mjs']).then(() => 'clean'));
  await step('Types', () =>
    run('npx', ['next', 'typegen'])
      .then(() => run('npx', ['tsc', '--noEmit']))
      .then(() => 'clean'),
  );
  const results = [await runSuite('house'), await runSuite('sqlite')];
  printFailures(results);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed > 0 ? 1 : 0);
} catch (error) {
  fail(error);
}
