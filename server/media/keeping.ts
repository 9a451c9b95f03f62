import 'server-only';
import type { Body, Db } from '#db/body';
import {
  listAgreedDays,
  listClipsPast,
  listDemosPast,
  listStillsPast,
  type PastKeeping,
} from '#db/queries/check-in/keeping';
import { discardMedia } from '#db/queries/check-in/media';
import { listClinics } from '#db/queries/clinic/clinics';
import { type Keeping, keptDays, shorterKept } from '#domain/clinic/keeping';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { DAY_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';

const BATCH = 200;

type Clinic = { clinicId: string; keeping: Keeping; nowMs: number };

/** What the clinic keeps no longer, or no longer than its patient agreed to; at most one batch of each kind. */
function* listPast(d: Db, { clinicId, keeping, nowMs }: Clinic): Body<PastKeeping[]> {
  const past: PastKeeping[] = [];
  const before = (days: number) => ({ clinicId, beforeMs: nowMs - days * DAY_MS, limit: BATCH });
  const demoDays = keptDays(keeping.demos, nowMs);
  if (demoDays !== null) past.push(...(yield* listDemosPast(d, before(demoDays))));
  for (const agreedDays of new Set([null, ...(yield* listAgreedDays(d, { clinicId }))])) {
    const clipDays = shorterKept(keptDays(keeping.clips, nowMs), agreedDays);
    if (clipDays !== null) past.push(...(yield* listClipsPast(d, { ...before(clipDays), agreedDays })));
    const stillDays = shorterKept(keptDays(keeping.stills, nowMs), agreedDays);
    if (stillDays !== null) past.push(...(yield* listStillsPast(d, { ...before(stillDays), agreedDays })));
  }
  return past;
}

/**
 * Discards media whose keeping time is over, each with its line in the audit trail. Drawings, angles and words that
 * were made on them stay in the record. Nothing of a patient on legal hold.
 */
export async function endKeeping(app: AppProcess, nowMs: number): Promise<void> {
  for (const { id: clinicId, settings } of await app.database.read((d) => listClinics(d))) {
    const { keeping } = clinicSettingsSchema.parse(settings);
    const past = await app.database.read((d) => listPast(d, { clinicId, keeping, nowMs }));
    for (const one of past) await discardOne(app, clinicId, one, nowMs);
  }
}

async function discardOne(
  app: AppProcess,
  clinicId: string,
  { mediaId, patientId }: PastKeeping,
  nowMs: number,
): Promise<void> {
  await runAsServer(app, { act: 'media.end_keeping', clinicId, nowMs }, function* (d, work) {
    yield* discardMedia(d, { mediaId, why: 'keeping_over', nowMs });
    work.about(mediaId);
    if (patientId === null) return;
    work.ofPatient(patientId);
    work.tell('media', mediaId, { patientId });
  });
}
