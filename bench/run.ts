import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fail, Stop } from '../scripts/console.mjs';
import type { Benchmark } from './figures';

const BENCHMARKS: Record<string, () => Promise<{ benchmark: Benchmark }>> = {
  ink: () => import('./ink'),
  join: () => import('./join'),
  memory: () => import('./memory'),
  queue: () => import('./queue'),
  scale: () => import('./scale'),
  stroke: () => import('./stroke'),
  weight: () => import('./weight'),
};

const USAGE = `npm run bench -- <name>, one of: ${Object.keys(BENCHMARKS).join(', ')}
Prints one JSON line with the figures, their baseline of the same run, and whether the budget is kept.`;

/** Ends with 1 where a budget is not kept. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? '';
  const load = BENCHMARKS[name];
  if (!load) throw new Stop(USAGE);
  const { benchmark } = await load();
  const machine = { cpus: cpus().length, load: loadavg()[0], node: process.version };
  const figures = await benchmark();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  process.stdout.write(
    `${JSON.stringify({ bench: name, at: new Date().toISOString(), commit, machine, ...figures })}\n`,
  );
  process.exit(figures.within ? 0 : 1);
}

main().catch(fail);
