import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import { listWouldBeEarlier } from '#db/queries/visit/appointments';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { MINUTE_MS } from '#domain/time/duration';
import { bookableSpan } from '#domain/visit/appointment';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { listStarts } from './free-times';

/** So many are told of one time: the first of them who takes it has it. */
const TOLD_MAX = 10;
const LOOKED_AT_MAX = 50;

type Freed = {
  clinicId: string;
  clinicianId: string;
  startsAt: number;
  durationMinutes: number;
  /** The visit that left it, which is not told of its own time; left out = none did. */
  id?: string;
};

/** A clinician's time became free: who waits for an earlier one, and could take it by themselves, learns that there is one. */
export function* tellWhoWaits(d: Db, work: UnitOfWork, freed: Freed): Body<void> {
  const { clinicId, clinicianId, startsAt, durationMinutes } = freed;
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) return;
  const bookable = bookableSpan(clinicSettingsSchema.parse(clinic.settings).appointments, work.nowMs);
  const within = {
    from: Math.max(startsAt, bookable.from),
    until: Math.min(startsAt + durationMinutes * MINUTE_MS, bookable.until),
  };
  if (within.from >= within.until) return;
  const waiting = yield* listWouldBeEarlier(d, { clinicId, clinicianId, startsAt, limit: LOOKED_AT_MAX });
  let told = 0;
  for (const { patientId, userId, visitId, ...visit } of waiting) {
    if (told === TOLD_MAX) return;
    if (userId === null || visitId === freed.id) continue;
    const until = Math.min(within.until, visit.startsAt);
    const fits = { ...visit, scope: { clinicId, patientId }, clinicianId, besides: visitId };
    const starts = yield* listStarts(d, work, { ...fits, within: { from: within.from, until } });
    if (starts.length === 0) continue;
    told++;
    const event = {
      kind: 'visit_earlier',
      subjectId: visitId,
      eventKey: `earlier:${visitId}:${startsAt}:${work.nowMs}`,
    };
    yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...event, createdAt: work.nowMs });
    work.tell('notice', visitId, { userId });
  }
}
