import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { rescheduleTo } from '#db/queries/visit/visits';
import { Failure } from '#domain/input/failure';
import { isPastStart, type rescheduleVisitSchema } from '#domain/visit/lifecycle';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';
import { noticeMoved } from './notices';
import { requireFree } from './schedule';
import { tellOfColleague } from './staff-notices';
import { tellWhoWaits } from './waiting-list';

type Reschedule = FoundVisit &
  Omit<z.output<typeof rescheduleVisitSchema>, 'visitId'> & {
    /** The patient chose the time, and comes to it. */
    byPatient?: boolean;
    /** Who of the clinic moves it. */
    by?: string;
  };

/**
 * Gives a planned visit another time or length. CONFLICT `changed_meanwhile` where it is not any more as it was on
 * screen, `visit_overlaps` where the clinician or the patient has another visit then; BAD_REQUEST `visit_in_past`. The
 * same move once more, over a line that lost the answer, is done already.
 */
export function* rescheduleVisit(d: Db, work: UnitOfWork, wanted: Reschedule): Body<{ sequence: number }> {
  const { visit, standing, startsAt, durationMinutes, sequence, byPatient = false } = wanted;
  const isThere = visit.startsAt === startsAt && visit.durationMinutes === durationMinutes;
  if (isThere && visit.state === 'scheduled' && visit.sequence >= sequence) return { sequence: visit.sequence };
  if (visit.state !== 'scheduled' || visit.sequence !== sequence) throw new Failure('CONFLICT', 'changed_meanwhile');
  if (isPastStart(startsAt, work.nowMs)) throw new Failure('BAD_REQUEST', 'visit_in_past');
  const { scope } = standing;
  yield* requireFree(d, work, { scope, clinicianId: visit.clinicianId, startsAt, durationMinutes }, [visit.id]);
  const change = {
    startsAt,
    durationMinutes,
    timeZone: wanted.timeZone ?? visit.timeZone,
    acceptedAt: byPatient ? work.nowMs : null,
  };
  if (!(yield* rescheduleTo(d, { visitId: visit.id, sequence, change, nowMs: work.nowMs })))
    throw new Failure('CONFLICT', 'changed_meanwhile');
  const moved = { id: visit.id, startsAt, durationMinutes, sequence: sequence + 1 };
  yield* noticeMoved(d, work, { scope, userId: standing.userId, visit: moved });
  const colleague = { clinicId: scope.clinicId, visit, by: wanted.by, once: String(sequence + 1) };
  yield* tellOfColleague(d, work, colleague);
  yield* tellWhoWaits(d, work, visit);
  work.about(visit.id);
  tellVisit(work, visit);
  return { sequence: sequence + 1 };
}
