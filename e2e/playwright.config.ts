import { defineConfig } from '@playwright/test';

/** Which run this is: failed specs are run once more under another name, so that the first traces stay. */
const run = process.env.REGRASP_E2E_RUN ?? 'e2e';

const VISITS = ['**/visit-*.spec.ts', '**/from-nothing.spec.ts'];

/** Real browsers with a fake camera that shows a real hand; the built app and a real LiveKit server for each of two workers. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: `../test-results/${run}`,
  fullyParallel: false,
  workers: 2,
  // Two browsers with cameras and a media server fill the machine: one visit at a time, and something quieter beside it.
  projects: [
    { name: 'visits', testMatch: VISITS, workers: 1 },
    { name: 'everything else', testIgnore: VISITS },
  ],
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [[process.env.CI ? 'line' : 'list'], ['json', { outputFile: `../test-results/${run}.json` }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    actionTimeout: 20_000,
    // A trace takes a third of the machine: the run of what failed, alone, keeps one; the first leaves picture and page.
    trace: run === 'e2e-again' ? 'on' : 'off',
    screenshot: 'only-on-failure',
  },
});
