import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { hasUnread, insertNotice } from '#db/queries/contact/notices';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** What a patient did by themselves, of which the clinician of the visit learns. */
type PatientDid = 'taken' | 'moved_by_patient' | 'called_off' | 'asked';

type News = { clinicId: string; userId: string; did: PatientDid; subjectId: string; once: string };

/** Tells a clinician; of one thing once, as long as they have not looked. `once` names the event. */
export function* tellClinician(d: Db, work: UnitOfWork, { clinicId, userId, did, subjectId, once }: News): Body<void> {
  const about = { kind: `visit_${did}`, subjectId };
  if (yield* hasUnread(d, { userId, ...about })) return;
  const event = { ...about, eventKey: `${about.kind}:${subjectId}:${once}`, createdAt: work.nowMs };
  yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...event });
  work.tell('notice', subjectId, { userId });
}
