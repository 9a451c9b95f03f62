import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Load } from './load';
import { type AppStage, compare, onApp } from './stage';

/** How long the app runs before it is ended, in milliseconds. */
const RUNS = { from: 50, to: 2000 };
const TIMES = { kill: { full: 100, small: 2 }, restart: { full: 40, small: 2 } } as const;

type Size = 'full' | 'small';
type Ending = keyof typeof TIMES;

async function endApp({ server }: AppStage, how: Ending): Promise<void> {
  const { app } = server;
  if (how === 'restart') await app.stop(30_000);
  else if (app.pid) process.kill(app.pid, 'SIGKILL');
  await app.ended;
}

/**
 * Ends the app again and again at random moments while people log, draw, send answers and upload, and starts it anew.
 * Nothing that was acknowledged may be lost, and what is sent again must be taken as it was the first time.
 */
async function proveEndings(admin: string, how: Ending, size: Size) {
  const beganAt = performance.now();
  return await onApp(admin, async (stage) => {
    const load = new Load(stage.cast);
    let tried = 0;
    for (; tried < TIMES[how][size]; tried++) {
      await sleep(randomInt(RUNS.from, RUNS.to));
      await endApp(stage, how);
      await stage.server.startApp();
    }
    await load.end();
    await endApp(stage, 'restart');
    const compared = await compare(stage, load);
    const { logs, strokes, checkIns, clips } = load.acknowledged;
    return {
      tried,
      ...compared,
      of: { logs: logs.size, strokes: strokes.size, checkIns: checkIns.size, clips: clips.size },
      repeated: load.repeated,
      seconds: Math.round((performance.now() - beganAt) / 1000),
    };
  });
}

export const proveKill = (admin: string, size: Size) => proveEndings(admin, 'kill', size);

/** The same where the app is told to end: it answers what is under way, so nothing needs to be repeated but what came later. */
export const proveRestart = (admin: string, size: Size) => proveEndings(admin, 'restart', size);
