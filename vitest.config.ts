import { defineConfig } from 'vitest/config';

const alias = { 'server-only': 'next/dist/compiled/server-only/empty.js' };
const suites = ['domain/**/*.test.ts', 'db/**/*.test.ts', 'server/**/*.test.ts', 'client/**/*.test.ts'];
const project = (name: 'sqlite' | 'postgres', globalSetup: string[]) => ({
  resolve: { alias },
  test: {
    name,
    include: suites,
    globalSetup,
    // Each in a zone of its own, east and west of UTC by parts of an hour: nothing may lean on where the process stands.
    env:
      name === 'postgres'
        ? { DATABASE_URL: 'postgres://chosen-by-the-test', TZ: 'Asia/Kathmandu' }
        : { DATABASE_URL: 'file:chosen-by-the-test', TZ: 'America/St_Johns' },
    pool: 'forks' as const,
    // What a busy machine takes is no finding; a test that hangs is.
    testTimeout: 30_000,
    // Every file has a database of its own; to load the server's modules anew for each would take a hundred seconds.
    isolate: false,
  },
});

/** One suite, both engines: the same files run as `sqlite` and as `postgres`. */
export default defineConfig({
  test: {
    projects: [
      project('sqlite', ['./scripts/vitest-sqlite.ts']),
      project('postgres', ['./scripts/vitest-postgres.ts']),
      { resolve: { alias }, test: { name: 'house', include: ['lint/**/*.test.ts', 'scripts/**/*.test.ts'] } },
    ],
  },
});
