import type { Locator } from '@playwright/test';
import { PNG } from 'pngjs';

export type Rgb = readonly [number, number, number];

/** A screenshot of an element as pixels; positions are shares of its width and height. */
export async function look(element: Locator): Promise<PNG> {
  return PNG.sync.read(await element.screenshot({ animations: 'disabled' }));
}

/** The middle of all pixels near a colour, in pixels of the picture, or null where there are too few. */
export function findColour(
  picture: PNG,
  [r, g, b]: Rgb,
  { tolerance = 70, least = 12 } = {},
): { x: number; y: number; count: number } | null {
  let [sumX, sumY, count] = [0, 0, 0];
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const at = (y * picture.width + x) * 4;
      const [pr = 0, pg = 0, pb = 0] = picture.data.subarray(at, at + 3);
      if (Math.abs(pr - r) + Math.abs(pg - g) + Math.abs(pb - b) > tolerance) continue;
      sumX += x;
      sumY += y;
      count++;
    }
  }
  return count >= least ? { x: sumX / count, y: sumY / count, count } : null;
}
