import type { LocalDay } from '#domain/time/local-day';
import type { WallTime } from '#domain/time/wall-time';

/** The lanes of the days that are shown, each with its day. */
const lanesOf = (grid: HTMLElement) =>
  [...grid.querySelectorAll<HTMLElement>('[data-lane]')].filter((lane) => lane.offsetParent !== null);

/** What the wall clock shows where a point of the grid lies, in minutes that are not rounded; null where no day is. */
export function pointedAt(
  grid: HTMLElement,
  { x, y }: { x: number; y: number },
  hours: { from: number; until: number },
): WallTime | null {
  const lanes = lanesOf(grid).map((lane) => ({ day: lane.dataset.lane ?? '', box: lane.getBoundingClientRect() }));
  // Beside all days is on the nearest one.
  const [nearest] = lanes.sort((a, b) => farness(a.box, x) - farness(b.box, x));
  if (!nearest || nearest.box.height === 0) return null;
  const share = (y - nearest.box.top) / nearest.box.height;
  return { day: nearest.day as LocalDay, minutes: hours.from * 60 + share * (hours.until - hours.from) * 60 };
}

const farness = ({ left, right }: DOMRect, x: number) => Math.max(left - x, x - right, 0);
