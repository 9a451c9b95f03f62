// npm run check: lint, types, nothing dead, domain and routers on SQLite. Run it all the time.
import { fail, sideBySide, step } from './console.mjs';
import { ensureInstalled } from './fresh.mjs';
import { run } from './spawn.mjs';
import { printFailures, runSuite } from './suites.mjs';

try {
  await step('Packages', ensureInstalled);
  const results = [];
  const suite = (name) => [
    `Suite ${name}`,
    async () => {
      const result = await runSuite(name);
      results.push(result);
      return `${result.passed} passed, ${result.failed} failed`;
    },
  ];
  const types = async () => {
    await run('npx', ['next', 'typegen']);
    await run('npx', ['tsc', '--noEmit']);
    return 'clean';
  };
  await sideBySide([
    [['Lint', () => run(process.execPath, ['scripts/lint.mjs']).then(() => 'clean')], suite('house')],
    [suite('sqlite'), ['Types', types]],
  ]);
  printFailures(results);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(failed > 0 ? 1 : 0);
} catch (error) {
  fail(error);
}
