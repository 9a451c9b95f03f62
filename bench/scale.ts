import { spawn } from 'node:child_process';
import { startPostgres } from '../scripts/postgres-server';
import type { Figures } from './figures';
import type { ScaleOfEngine, ScreenFigures } from './scale-of-engine';

const BUDGET = { p95Ms: 50, statementMs: 20, growth: 1.5 };
const SIZES = { whole: 2000, tenth: 200 } as const;
/** Below this a ratio says nothing but how busy the machine was. */
const SHORT_MS = 5;

/** The engine is chosen as the database's modules are loaded: each is measured in a process of its own. */
async function measure(url: string, size: number): Promise<ScaleOfEngine> {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', 'bench/scale-of-engine.ts', String(size)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: url } },
  );
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`measuring ${url} ended with ${code}`);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as ScaleOfEngine;
}

type Screen = ScreenFigures & { growth: number | null; within: boolean };

/** Caseloads of a fixed number of patients must not grow with the clinic; one that holds the whole clinic may. */
function judge(name: string, whole: ScreenFigures, tenth: ScreenFigures | undefined): Screen {
  const growth =
    tenth && !name.includes('of everybody')
      ? Math.round((100 * whole.medianMs) / Math.max(SHORT_MS, tenth.medianMs)) / 100
      : null;
  const within =
    whole.p95Ms <= BUDGET.p95Ms &&
    whole.slowestStatement.medianMs <= BUDGET.statementMs &&
    (growth ?? 0) <= BUDGET.growth;
  return { ...whole, growth, within };
}

async function onEngine(urlOf: (size: number) => string): Promise<Record<string, Screen>> {
  const whole = await measure(urlOf(SIZES.whole), SIZES.whole);
  const tenth = await measure(urlOf(SIZES.tenth), SIZES.tenth);
  return Object.fromEntries(Object.entries(whole).map(([name, figures]) => [name, judge(name, figures, tenth[name])]));
}

/**
 * What the screens ask for in a clinic of 2 000 patients, 200 000 logs, 20 000 check-ins, 400 000 measures and 200 000 audit rows, through
 * the procedures without HTTP, on both engines, against the same in a clinic of a tenth.
 */
export async function benchmark(): Promise<Figures> {
  const sqlite = await onEngine((size) => `file:.regrasp/bench/scale-${size}.sqlite`);
  const server = await startPostgres();
  try {
    const postgres = await onEngine((size) => server.adminUrl.replace(/\/postgres$/, `/scale_${size}`));
    const over = Object.entries({ sqlite, postgres }).flatMap(([engine, screens]) =>
      Object.entries(screens).flatMap(([name, screen]) => (screen.within ? [] : [`${engine} ${name}`])),
    );
    return { sqlite, postgres, budget: BUDGET, over, within: over.length === 0 };
  } finally {
    await server.stop();
  }
}
