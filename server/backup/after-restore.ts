import 'server-only';
import { doubtOpenDeliveries } from '#db/queries/contact/deliveries';
import { revokeAllLinks } from '#db/queries/people/invites';
import { revokeAllSessions } from '#db/queries/people/sessions';
import { findStoreId, insertBackup } from '#db/queries/runtime/store';
import { repeatErasure } from '#server/acts/people/erase';
import { finishErasures } from '#server/media/erase';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type RestoredFrom, readRestoredFrom, removeRestoredFrom } from './restored-from';

/** Something that a restored store has to catch up on: what happened between its backup and its loss. */
type AfterRestore = (app: AppProcess, from: RestoredFrom) => Promise<void>;

/** The database knows nothing of the backup that it came from, since that was not finished when it was copied. */
async function rememberBackup(app: AppProcess, from: RestoredFrom): Promise<void> {
  const { id, madeAt, finishedAt, expiresAt, folder, encrypted, seal } = from;
  const row = { id, madeAt, finishedAt, expiresAt, folder, encrypted, seal, removedAt: null };
  await app.database.write((d) => insertBackup(d, row));
}

/** Whoever was erased, or put away, after the backup is so again before anybody is served. */
async function repeatErasures(app: AppProcess, { erasures, restoredAt }: RestoredFrom): Promise<void> {
  for (const { clinicId, patientId, state, askedAt } of erasures) {
    const scope = { clinicId, patientId };
    await runAsServer(app, { act: 'record.erase_again', clinicId, nowMs: restoredAt }, (d, work) =>
      repeatErasure(d, work, { scope, state, askedAt }),
    );
  }
  await finishErasures(app);
}

/** Logins that were ended after the backup, and links that were used, would be good again: everybody signs in anew. */
async function endLogins(app: AppProcess, { restoredAt }: RestoredFrom): Promise<void> {
  await app.database.write(function* (d) {
    yield* revokeAllSessions(d, { nowMs: restoredAt });
    yield* revokeAllLinks(d, { nowMs: restoredAt });
  });
}

/** What waited in the backup may have gone out before the loss: it is sent once more, and not twice. */
async function doubtDeliveries(app: AppProcess): Promise<void> {
  await app.database.write((d) => doubtOpenDeliveries(d));
}

/** In this order. */
const STEPS: readonly AfterRestore[] = [rememberBackup, endLogins, doubtDeliveries, repeatErasures];

/**
 * At the first start after a restore, when the schema is this release's and before a request is taken. Each step may be
 * repeated: what fails stops the start, and the next one begins anew. Returns whether there was anything to do.
 */
export async function catchUpAfterRestore(app: AppProcess, steps = STEPS): Promise<boolean> {
  const from = await readRestoredFrom(app.env.MEDIA_DIR);
  if (!from) return false;
  // Another store's folder: nothing of it is ours to touch.
  if (from.storeId !== (await app.database.read((d) => findStoreId(d)))) return false;
  for (const step of steps) await step(app, from);
  await removeRestoredFrom(app.env.MEDIA_DIR);
  return true;
}
