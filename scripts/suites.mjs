// Runs Vitest for one project and reads its counts from the JSON report.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { run } from './spawn.mjs';

const FOLDER = 'test-results';

function summary(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, file: suite.name })),
  );
  const broken = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + broken.length,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).length,
    slow: tests.map(({ fullName, duration }) => ({ name: fullName, ms: duration ?? 0 })),
    failures: [
      ...tests
        .filter((test) => test.status === 'failed')
        .map((test) => `${test.fullName}\n${test.failureMessages.join('\n')}`),
      ...broken.map((suite) => `${suite.name}\n${suite.message}`),
    ],
  };
}

/** The domain, database, router and client suites on one engine, or the house's own checks. */
export async function runSuite(project, filters = []) {
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/${project}.json`;
  rmSync(file, { force: true });
  const args = ['vitest', 'run', '--project', project, '--reporter=json', `--outputFile=${file}`, ...filters];
  try {
    await run('npx', args);
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
  return summary(file);
}

/** The Playwright suite; its report has the same shape. */
export function readPlaywright(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const all = [];
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) for (const test of spec.tests) all.push({ title: spec.title, test });
    for (const inner of suite.suites ?? []) walk(inner);
  };
  report.suites.forEach(walk);
  const failed = all.filter(({ test }) => test.status === 'unexpected' || test.status === 'flaky');
  return {
    passed: all.filter(({ test }) => test.status === 'expected').length,
    failed: failed.length + report.errors.length,
    skipped: all.filter(({ test }) => test.status === 'skipped').length,
    slow: all.map(({ title, test }) => ({
      name: title,
      ms: test.results.reduce((sum, result) => sum + result.duration, 0),
    })),
    failures: [
      ...failed.map(
        ({ title, test }) =>
          `${title}\n${test.results.flatMap((result) => result.errors.map((error) => error.message)).join('\n')}`,
      ),
      ...report.errors.map((error) => error.message),
    ],
  };
}

export function printFailures(results) {
  for (const { failures } of results) for (const failure of failures) process.stdout.write(`\n✘ ${failure}\n`);
}

export function printSlowest(results) {
  const slowest = results
    .flatMap((result) => result.slow)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 10);
  process.stdout.write('\nSlowest tests\n');
  for (const { name, ms } of slowest) process.stdout.write(`  ${String(Math.round(ms)).padStart(6)} ms  ${name}\n`);
}
