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

/** Every test of a Playwright report, with where it stands and how it ended. */
function testsOf(report) {
  const all = [];
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      const { id, title, file, line } = spec;
      for (const test of spec.tests) all.push({ id: `${id} ${test.projectName}`, title, file, line, test });
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  report.suites.forEach(walk);
  return all;
}

const failedOf = (report) => testsOf(report).filter(({ test }) => test.status === 'unexpected');
const said = ({ title, test }) =>
  `${title}\n${test.results.flatMap((result) => result.errors.map((error) => error.message)).join('\n')}`;

/** Where the failed specs stand, `file:line`, as Playwright takes them. */
export function failedPlaces(report) {
  return [...new Set(failedOf(report).map(({ file, line }) => `${file}:${line}`))];
}

/** So many specs may need a second try before the run fails: one may be the machine's doing, three are ours. */
const UNSTEADY_MAX = 2;

/**
 * The counts of a Playwright report, in the shape of the other suites. `again`: the report of the specs that failed,
 * run once more alone. One that passes then is unsteady and counts as passed, up to two of them.
 * @param {object} report
 * @param {object | null} [again]
 */
export function readPlaywright(report, again = null) {
  const all = testsOf(report);
  const passedAgain = new Set(
    again
      ? testsOf(again)
          .filter(({ test }) => test.status === 'expected')
          .map(({ id }) => id)
      : [],
  );
  const failed = failedOf(report);
  const steadied = failed.filter(({ id }) => passedAgain.has(id));
  const isTooMany = steadied.length > UNSTEADY_MAX;
  const stillFailed = isTooMany ? failed : failed.filter(({ id }) => !passedAgain.has(id));
  return {
    passed: all.filter(({ test }) => test.status === 'expected').length + (isTooMany ? 0 : steadied.length),
    failed: stillFailed.length + report.errors.length,
    skipped: all.filter(({ test }) => test.status === 'skipped').length,
    unsteady: steadied.map(said),
    slow: all.map(({ title, test }) => ({
      name: title,
      ms: test.results.reduce((sum, result) => sum + result.duration, 0),
    })),
    failures: [...stillFailed.map(said), ...report.errors.map((error) => error.message)],
  };
}

/** Specs that passed only when they were run alone: their cause is in the product or in the spec. */
export function printUnsteady({ unsteady }, traces) {
  if (unsteady.length === 0) return;
  process.stdout.write(
    `\nUnsteady: failed among the others, passed alone. Its trace is in ${traces}, picture and page of the failure beside it in e2e\n`,
  );
  for (const one of unsteady) process.stdout.write(`\n~ ${one}\n`);
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
