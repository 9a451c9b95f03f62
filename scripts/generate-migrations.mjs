// Writes the migrations of both dialects from the one schema. With --check it fails when either would change.
import { spawnSync } from 'node:child_process';

const check = process.argv.includes('--check');
const name = process.argv.find((a) => a.startsWith('--name='));
const custom = process.argv.includes('--custom');

for (const [dialect, url] of [
  ['sqlite', 'file:unused.sqlite'],
  ['postgres', 'postgres://unused'],
]) {
  const args = [
    'drizzle-kit',
    'generate',
    '--config',
    'db/drizzle.config.ts',
    ...(name ? [name] : []),
    ...(custom ? ['--custom'] : []),
  ];
  const run = spawnSync('npx', args, {
    env: { ...process.env, DATABASE_URL: url, NODE_OPTIONS: '--conditions=react-server' },
    encoding: 'utf8',
  });
  const output = `${run.stdout}${run.stderr}`;
  process.stdout.write(`${dialect}: ${output.trim().split('\n').at(-1)}\n`);
  if (run.status !== 0) {
    process.stderr.write(output);
    process.exit(1);
  }
  if (check && !output.includes('No schema changes')) {
    process.stderr.write(`${dialect}: the schema differs from its migrations; run npm run db:generate\n`);
    process.exit(1);
  }
}
