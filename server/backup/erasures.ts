import 'server-only';
import { join } from 'node:path';
import { z } from 'zod';
import { listErasures } from '#db/queries/people/erasures';
import { findStoreId } from '#db/queries/runtime/store';
import { StoreRefusal } from '#db/refusal';
import type { AppProcess } from '#server/runtime/process';
import { readText, writeWhole } from './files';
import { listBackups } from './folder';
import { isSignedWith, signManifest } from './manifest';

/**
 * Lies beside the backups: whose records were erased or put away since the oldest of them, by ids that name nobody. A
 * restore of an older backup does the same again. Signed, since whoever could write it could have records erased.
 */
const NAME = 'erasures.json';
const SIGNATURE = 'erasures.signature';

const erasureSchema = z.strictObject({
  clinicId: z.uuid(),
  patientId: z.uuid(),
  state: z.enum(['locked', 'done']),
  askedAt: z.number().int(),
});
const listSchema = z.strictObject({
  format: z.literal(1),
  storeId: z.uuid(),
  erasures: z.array(erasureSchema),
});

export const erasuresSchema = z.array(erasureSchema);
export type Erasure = z.infer<typeof erasureSchema>;

type Found = { erasures: Erasure[]; storeId: string };

/** The list of a folder; null where there is none, 'forged' where it was not made with this secret or cannot be read. */
async function readList(root: string, secret: string): Promise<Found | 'forged' | null> {
  const text = await readText(join(root, NAME));
  if (text === null) return null;
  const signature = (await readText(join(root, SIGNATURE)))?.trim() ?? '';
  if (!isSignedWith(text, signature, secret)) return 'forged';
  return listSchema.parse(JSON.parse(text));
}

/** What a restore has to do again. Throws `StoreRefusal` for a list that is not genuine. */
export async function readErasures(root: string, secret: string): Promise<Erasure[]> {
  const found = await readList(root, secret);
  if (found === null) return [];
  if (found !== 'forged') return found.erasures;
  throw new StoreRefusal(
    `The list of erased records in ${root} was not made with the REGRASP_SECRET that is set here, or was changed since. Set the secret that was in force; with --without-erasures the records that it names come back.`,
  );
}

/** Brings the list of a folder up to date: what the database knows counts, what only the folder knows stays. */
export async function writeErasures(app: AppProcess, root: string): Promise<void> {
  const { REGRASP_SECRET: secret } = app.env;
  const { storeId, rows } = await app.database.read(function* (d) {
    return { storeId: yield* findStoreId(d), rows: yield* listErasures(d) };
  });
  const found = await readList(root, secret);
  if (found === 'forged')
    app.log.error({ folder: root }, 'the list of erased records there is not ours; it is replaced');
  const known = new Map<string, Erasure>();
  for (const one of found && found !== 'forged' && found.storeId === storeId ? found.erasures : [])
    known.set(one.patientId, one);
  // In the order in which they were asked for: of a record that was opened again nothing is to be done again.
  for (const { clinicId, patientId, state, askedAt } of rows) {
    if (state === 'locked' || state === 'done') known.set(patientId, { clinicId, patientId, state, askedAt });
    else known.delete(patientId);
  }
  if (known.size === 0 && found === null) return;
  const text = `${JSON.stringify(listSchema.parse({ format: 1, storeId, erasures: [...known.values()] }))}\n`;
  await writeWhole(join(root, NAME), text);
  await writeWhole(join(root, SIGNATURE), `${signManifest(text, secret)}\n`);
}

/** The same, where the folder is there and holds backups. */
export async function updateErasures(app: AppProcess, root: string): Promise<void> {
  if ((await listBackups(root)).backups.length > 0) await writeErasures(app, root);
}
