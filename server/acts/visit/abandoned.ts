import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { findLastSign, findOpenVisit } from '#db/queries/visit/open-visits';
import type { VisitRow } from '#db/queries/visit/visits';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { isAbandoned } from '#domain/visit/abandoned';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { endVisitAndRoom } from './end';

/** `inRoom`: how many the media server says are there; null = it does not answer, or there is none. */
type Seen = { visitId: string; inRoom: number | null; nowMs: number };
type Abandoned = { visit: VisitRow; leftAt: number };

function* findAbandoned(d: Db, { visitId, inRoom, nowMs }: Seen): Body<Abandoned | null> {
  const visit = yield* findOpenVisit(d, { visitId });
  const clinic = visit && (yield* findClinic(d, { clinicId: visit.clinicId }));
  if (!visit || !clinic) return null;
  const { emptyMinutes } = clinicSettingsSchema.parse(clinic.settings).visits;
  const lastSignAt = yield* findLastSign(d, visit);
  return isAbandoned({ inRoom, lastSignAt }, emptyMinutes, nowMs) ? { visit, leftAt: lastSignAt } : null;
}

/** Ends a visit that everybody left for as long as its clinic lets it stand empty, as a clinician's End does. */
export async function endIfAbandoned(app: AppProcess, seen: Seen): Promise<void> {
  if (!(await app.database.read((d) => findAbandoned(d, seen)))) return;
  const run = <T>(body: Parameters<typeof runAsServer<T>>[2]) =>
    runAsServer(app, { act: 'server.end_visit', nowMs: seen.nowMs }, body);
  await endVisitAndRoom(app, run, {
    // Somebody may have come back since it was looked at.
    *find(d, work) {
      const abandoned = yield* findAbandoned(d, seen);
      if (!abandoned) return null;
      const { id, clinicId, patientId } = abandoned.visit;
      work.inClinic(clinicId);
      work.ofPatient(patientId);
      work.about(id);
      return abandoned;
    },
  });
}
