import 'server-only';
import { join } from 'node:path';
import { z } from 'zod';
import { MINUTE_MS } from '#domain/time/duration';
import { parseJson } from '#server/runtime/parse-json';
import type { AppProcess } from '#server/runtime/process';
import { BadMedia, fingerprint, inFolder, type Sized } from '../normalise';
import { runProgram } from '../programs';

const TIMEOUT_MS = 2 * MINUTE_MS;
/** What the process says of a file that is no picture of a kind it knows. */
const NO_PICTURE = 3;

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });
const madeSchema = z.object({ ...sizeSchema.shape, small: sizeSchema });

/**
 * A photo as any phone makes it (JPEG, HEIC, PNG, WebP, AVIF, GIF, TIFF) as a JPEG of at most 2560 points a side, upright,
 * in the colours of the web, with nothing in it about place, time or camera and without the film that some phones hide
 * behind it; and one of at most 640 points for lists. Both are gone when `take` has stored them.
 *
 * @throws BadMedia `empty_file`, `not_a_picture`
 */
export async function normalisePhoto<T>(
  app: AppProcess,
  input: string,
  signal: AbortSignal | undefined,
  take: (made: { photo: Sized; small: Sized }) => Promise<T>,
): Promise<T> {
  return await inFolder(app, input, async (file) => {
    const child = join(app.root, 'server/media/photo/child.mjs');
    const args = [child, input, file('photo'), file('small')];
    const { code, stdout, stderr } = await runProgram(process.execPath, args, { timeoutMs: TIMEOUT_MS, signal });
    if (code === NO_PICTURE) {
      app.log.warn({ said: stderr.slice(-500) }, 'not a picture');
      throw new BadMedia('not_a_picture');
    }
    if (code !== 0) throw new Error(`a photo was not prepared: ${code}`);
    const { small, ...size } = madeSchema.parse(parseJson(stdout));
    const photo = { ...(await fingerprint(file('photo'))), ...size };
    return await take({ photo, small: { ...(await fingerprint(file('small'))), ...small } });
  });
}
