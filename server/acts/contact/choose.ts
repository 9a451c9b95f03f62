import 'server-only';
import type { Body, Db } from '#db/body';
import { saveChoices } from '#db/queries/contact/person';
import type { ContactChoices } from '#domain/contact/choices';
import type { Actor } from '#server/auth/gate';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { replanPractice } from './reminders';

type Chosen = Pick<Actor, 'clinicId' | 'userId' | 'patientId'> & { choices: ContactChoices };

/** Saves what the account chose; the same again changes nothing. Its reminders follow the zone. */
export function* chooseContact(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId, patientId, choices }: Chosen,
): Body<{ choices: ContactChoices }> {
  work.about(userId);
  yield* saveChoices(d, { userId, ...choices, changedAt: work.nowMs });
  if (patientId !== null) yield* replanPractice(d, work, { clinicId, patientId });
  return { choices };
}
