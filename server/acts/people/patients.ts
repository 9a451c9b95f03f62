import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import type { PatientStanding } from '#db/queries/people/access';
import { insertCareTeam, listCareTeam } from '#db/queries/people/care-team';
import { findRunningEmergency } from '#db/queries/people/emergency';
import { findOpenPatientInvite } from '#db/queries/people/invites';
import {
  findEpisode,
  findPatient,
  insertEpisode,
  insertPatient,
  listEpisodes,
  listNames,
  updateEpisode,
  updatePatient,
} from '#db/queries/people/patients';
import { reachOf } from '#db/reach';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { Relation } from '#domain/people/access';
import { pageByName } from '#domain/people/by-name';
import type { RecordsQuery } from '#domain/people/keeping-records';
import { type AddPatient, type editEpisodeSchema, type editPatientSchema, isBirthYear } from '#domain/people/patient';
import { localDay } from '#domain/time/local-day';
import { replanPractice } from '#server/acts/contact/reminders';
import { followSide } from '#server/acts/program/side';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { readConsents } from './consents';

type Scoped = { scope: PatientScope };
/** Who reads, and how they are related to the patient. */
type Reader = { userId: string; relations: readonly Relation[] };

/** The person, their hand problem and their care team: what stands at the top of a record. */
export function* readPatient(d: Db, { nowMs }: UnitOfWork, { scope, userId, relations }: Scoped & Reader) {
  const patient = yield* findPatient(d, scope);
  if (!patient) throw notFound();
  const isEmergency = relations.every((relation) => relation === 'emergency');
  const running = isEmergency ? yield* findRunningEmergency(d, { ...scope, userId, nowMs }) : undefined;
  return {
    /** Where nothing else lets the reader in: until when, and why. */
    emergency: running ? { reason: running.reason, toAt: running.toAt, endsInMs: running.toAt - nowMs } : null,
    patient: { ...patient, joined: patient.userId !== null },
    episodes: yield* listEpisodes(d, scope),
    careTeam: yield* listCareTeam(d, { ...scope, nowMs }),
    consents: (yield* readConsents(d, { scope })).consents,
    invite: (yield* findOpenPatientInvite(d, { ...scope, nowMs })) ?? null,
  };
}

type Add = { clinicId: string; leadMembershipId: string | null; added: AddPatient };

/** Adds a person with their first episode; who adds leads the care team. */
export function* addPatient(
  d: Db,
  work: UnitOfWork,
  { clinicId, leadMembershipId, added }: Add,
): Body<{ patientId: string }> {
  const { nowMs } = work;
  const clinic = yield* findClinic(d, { clinicId });
  if (!leadMembershipId || !clinic) throw new Failure('FORBIDDEN', 'not_allowed');
  requireBirthYear(work, added);
  const scope = { clinicId, patientId: uuidv7() };
  const { patientId } = scope;
  const { condition, side, injuryOn, surgeryOn, precautions, ...person } = added;
  yield* insertPatient(d, { id: patientId, clinicId, ...person, locale: clinic.locale, createdAt: nowMs });
  yield* insertEpisode(d, {
    id: uuidv7(),
    ...scope,
    title: condition,
    side,
    conditionText: condition,
    injuryOn,
    surgeryOn,
    precautionsText: precautions,
    leadMembershipId,
    createdAt: nowMs,
  });
  yield* insertCareTeam(d, { id: uuidv7(), ...scope, membershipId: leadMembershipId, part: 'lead', fromAt: nowMs });
  work.about(patientId);
  work.tell('patient', patientId, { patientId });
  return { patientId };
}

/** Nobody on record is born in a year that has not begun. */
function requireBirthYear(
  { nowMs }: UnitOfWork,
  { birthYear = null, timeZone }: Pick<EditPatient['change'], 'birthYear' | 'timeZone'>,
) {
  if (!isBirthYear(birthYear, localDay(nowMs, timeZone))) throw new Failure('BAD_REQUEST', 'birth_year_ahead');
}

type EditPatient = Scoped & { change: Omit<z.output<typeof editPatientSchema>, 'patientId'> };

/** Corrects what is on record of the person. */
export function* editPatient(d: Db, work: UnitOfWork, { scope, change }: EditPatient): Body<{ edited: true }> {
  const { patientId } = scope;
  requireBirthYear(work, change);
  yield* updatePatient(d, scope, change);
  // Their times are by the clocks of the place where they live.
  yield* replanPractice(d, work, scope);
  work.tell('patient', patientId, { patientId });
  return { edited: true };
}

type EditEpisode = {
  standing: PatientStanding;
  edited: Omit<z.output<typeof editEpisodeSchema>, 'patientId'>;
  editedBy: string;
};

/**
 * Corrects what is on record of a hand problem. Versions that are published stay as they are; where it is the other hand,
 * its programs follow as the clinician says.
 */
export function* editEpisode(
  d: Db,
  work: UnitOfWork,
  { standing, edited, editedBy }: EditEpisode,
): Body<{ edited: true }> {
  const { scope } = standing;
  const { patientId } = scope;
  const { episodeId, condition, side, injuryOn, surgeryOn, precautions, otherHand = null } = edited;
  const before = yield* findEpisode(d, { ...scope, episodeId });
  const change = { title: condition, conditionText: condition, side, injuryOn, surgeryOn };
  if (!(yield* updateEpisode(d, { ...scope, episodeId }, { ...change, precautionsText: precautions })))
    throw notFound();
  if (before && before.side !== side)
    yield* followSide(d, work, { standing, episodeId, side, otherHand, decidedBy: editedBy });
  work.about(episodeId);
  work.tell('patient', patientId, { patientId });
  return { edited: true };
}

const NAMES = 50;

type Names = { clinicId: string; userId: string; whose: 'own' | 'others'; query: RecordsQuery };

/** A page of names of patients: one's own, or those of colleagues. No clinical content. */
export function* readNames(d: Db, { nowMs }: UnitOfWork, { clinicId, userId, whose, query }: Names) {
  const { search, cursor } = query;
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const names = yield* listNames(d, { ...reach, whose });
  const { page, nextCursor } = pageByName(names, { search, after: cursor ?? null, limit: NAMES });
  return { patients: page, nextCursor };
}
