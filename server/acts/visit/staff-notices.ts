import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { hasUnread, insertNotice } from '#db/queries/contact/notices';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** What a patient did by themselves, of which the clinician of the visit learns. */
type PatientDid = 'visit_taken' | 'visit_moved_by_patient' | 'visit_called_off' | 'visit_asked';

type News = { clinicId: string; userId: string; kind: PatientDid; subjectId: string; once: string };

/** Tells a clinician; of one thing once, as long as they have not looked. `once` names the event. */
export function* tellClinician(d: Db, work: UnitOfWork, { clinicId, userId, kind, subjectId, once }: News): Body<void> {
  const about = { kind, subjectId };
  if (yield* hasUnread(d, { userId, ...about })) return;
  const event = { ...about, eventKey: `${kind}:${subjectId}:${once}`, createdAt: work.nowMs };
  yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...event });
  work.tell('notice', subjectId, { userId });
}
