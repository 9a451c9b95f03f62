import 'server-only';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StoreRefusal } from '#db/refusal';
import { erasuresSchema } from './erasures';
import { readText, writeWhole } from './files';

/**
 * Lies in the media folder from the beginning of a restore until the first start after it: which backup the store was
 * restored from. The database cannot say so, it is as it was when the backup was made.
 */
const NAME = 'restored-from.json';

const schema = z.object({
  id: z.uuid(),
  storeId: z.uuid(),
  madeAt: z.number(),
  finishedAt: z.number(),
  expiresAt: z.number(),
  encrypted: z.boolean(),
  seal: z.string(),
  folder: z.string(),
  restoredAt: z.number(),
  /** What was erased or put away after it was made. */
  erasures: erasuresSchema,
});

export type RestoredFrom = z.infer<typeof schema>;

export async function readRestoredFrom(mediaFolder: string): Promise<RestoredFrom | null> {
  const text = await readText(join(mediaFolder, NAME));
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreRefusal(`${join(mediaFolder, NAME)} cannot be read. Restore again into an empty place.`, {
      cause: error,
    });
  }
}

export async function writeRestoredFrom(mediaFolder: string, from: RestoredFrom): Promise<void> {
  await writeWhole(join(mediaFolder, NAME), `${JSON.stringify(schema.parse(from))}\n`);
}

export async function removeRestoredFrom(mediaFolder: string): Promise<void> {
  await rm(join(mediaFolder, NAME), { force: true });
}
