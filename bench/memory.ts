import { readFileSync } from 'node:fs';
import { type Figures, say } from './figures';
import { withStand } from './stand';

const IDLE_MS = 20_000;
const MB = 1024 * 1024;

/** Resident memory of a process and of all that it started (Linux). */
function residentMb(pid: number | undefined): number {
  if (!pid) return Number.NaN;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
  const kb = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  const own = (kb * 1024) / MB;
  return Math.round(own + children.reduce((sum, child) => sum + residentMb(Number(child)), 0));
}

/** Memory of app and media server: idle after the start, and after one of each page was looked at. Reported, no budget. */
export async function benchmark(): Promise<Figures> {
  return await withStand(async ({ server, pair, page }) => {
    const measure = () => ({ appMb: residentMb(server.app.pid), liveKitMb: residentMb(server.liveKit.pid) });
    say(`idle for ${IDLE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idle = measure();
    const ana = await page(pair.ana.userId, 'phone');
    const mira = await page(pair.mira.userId);
    for (const path of ['/today', '/check-ins', '/progress', '/visits']) await ana.goto(path);
    for (const path of ['/patients', '/review', '/schedule']) await mira.goto(path);
    return { idle, afterEveryPage: measure(), within: true };
  });
}
