import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { run } from '../scripts/spawn.mjs';

const PHOTOS = 'node_modules/fingerpose/assets';
export const FILM = { width: 640, height: 480, framesPerSecond: 20 };

/** Discs on the hand, in colours that no skin has; centre as a share of the picture. */
export const DISCS = {
  magenta: { rgb: [255, 0, 255] as const, x: 0.5, y: 0.62, radius: 16 },
  blue: { rgb: [0, 60, 255] as const, x: 0.62, y: 0.8, radius: 16 },
};

function discs(): Buffer {
  const picture = new PNG({ width: FILM.width, height: FILM.height });
  for (const { rgb, x, y, radius } of Object.values(DISCS)) {
    const [cx, cy] = [x * FILM.width, y * FILM.height];
    for (let py = Math.floor(cy - radius); py <= cy + radius; py++) {
      for (let px = Math.floor(cx - radius); px <= cx + radius; px++) {
        if (Math.hypot(px - cx, py - cy) > radius) continue;
        picture.data.set([...rgb, 255], (py * FILM.width + px) * 4);
      }
    }
  }
  return PNG.sync.write(picture);
}

/**
 * The film that Chromium plays as the camera: the three photographs of `fingerpose` (open, half and fully curled
 * finger) in turn, with the discs on the hand. Made once by ffmpeg; it appears whole, since two workers look for it.
 */
export async function handFilm(folder: string): Promise<string> {
  const film = join(folder, 'hand.mjpeg');
  if (existsSync(film)) return film;
  mkdirSync(folder, { recursive: true });
  const made = join(folder, `${process.pid}.mjpeg`);
  const overlay = join(folder, `${process.pid}.png`);
  writeFileSync(overlay, discs());
  const photos = ['nocurl', 'halfcurl', 'fullcurl', 'halfcurl'].flatMap((name) => [
    '-loop',
    '1',
    '-t',
    '1.5',
    '-i',
    `${PHOTOS}/${name}.jpg`,
  ]);
  const fill = `scale=${FILM.width}:${FILM.height}:force_original_aspect_ratio=increase,crop=${FILM.width}:${FILM.height},setsar=1,fps=${FILM.framesPerSecond}`;
  const parts = [0, 1, 2, 3].map((n) => `[${n}:v]${fill}[p${n}]`);
  const graph = [...parts, '[p0][p1][p2][p3]concat=n=4:v=1[hand]', '[hand][4:v]overlay=0:0[out]'].join(';');
  const encode = ['-map', '[out]', '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-y', made];
  await run('ffmpeg', [
    '-nostdin',
    '-loglevel',
    'error',
    ...photos,
    '-i',
    overlay,
    '-filter_complex',
    graph,
    ...encode,
  ]);
  renameSync(made, film);
  return film;
}
