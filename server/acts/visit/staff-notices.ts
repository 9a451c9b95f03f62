import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { hasUnread, insertNotice } from '#db/queries/contact/notices';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** What a patient did by themselves, or a colleague for them, of which the clinician of the visit learns. */
type SomebodyDid = 'visit_taken' | 'visit_moved_by_patient' | 'visit_called_off' | 'visit_asked' | 'visit_by_colleague';

type News = { clinicId: string; userId: string; kind: SomebodyDid; subjectId: string; once: string };

/** Tells a clinician; of one thing once, as long as they have not looked. `once` names the event. */
export function* tellClinician(d: Db, work: UnitOfWork, { clinicId, userId, kind, subjectId, once }: News): Body<void> {
  const about = { kind, subjectId };
  if (yield* hasUnread(d, { userId, ...about })) return;
  const event = { ...about, eventKey: `${kind}:${subjectId}:${once}`, createdAt: work.nowMs };
  yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...event });
  work.tell('notice', subjectId, { userId });
}

type Changed = {
  clinicId: string;
  visit: { id: string; clinicianId: string };
  /** Who of the clinic did it; left out = the patient, of whom the clinician hears otherwise. */
  by: string | undefined;
  once: string;
};

/** A visit stands in a clinician's calendar otherwise than before, and it was not their own doing. */
export function* tellOfColleague(d: Db, work: UnitOfWork, { clinicId, visit, by, once }: Changed): Body<void> {
  if (by === undefined || by === visit.clinicianId) return;
  const about = { clinicId, userId: visit.clinicianId, subjectId: visit.id };
  yield* tellClinician(d, work, { ...about, kind: 'visit_by_colleague', once });
}
