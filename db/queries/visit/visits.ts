import 'server-only';
import { and, asc, desc, eq, gte, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition, increment } from '#db/columns';
import { olderThan } from '#db/keyset';
import { type Reach, reached } from '#db/reach';
import { clinics } from '#db/schema/clinics';
import { episodes, patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { visitEvents, visitParticipants, visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import type { CancelledState } from '#domain/visit/lifecycle';

export type VisitRow = typeof visits.$inferSelect;
export type VisitParticipantRow = typeof visitParticipants.$inferSelect;

/** False where a visit has this id already, whoever's it is. */
export function* insertVisit(d: Db, row: typeof visits.$inferInsert): Body<boolean> {
  const added = yield* q(
    d.insert(visits).values(row).onConflictDoNothing({ target: visits.id }).returning({ id: visits.id }),
  );
  return added.length === 1;
}

/** Which patient a visit of this clinic is for; the caller then proves access to that patient. */
export function* findVisitPatient(
  d: Db,
  { clinicId, visitId }: { clinicId: string; visitId: string },
): Body<string | undefined> {
  const row = yield* first(
    d
      .select({ patientId: visits.patientId })
      .from(visits)
      .where(and(eq(visits.id, visitId), eq(visits.clinicId, clinicId))),
  );
  return row?.patientId;
}

/** Literal, as in the partial index: with parameters no engine can prove that the index covers the question. */
const AT_THE_DOOR = condition("visit_participants.state = 'waiting' and visit_participants.role = 'patient'");

/** What a list says of a visit. */
export const shownVisit = {
  id: visits.id,
  patientId: visits.patientId,
  patientName: patients.name,
  patientTimeZone: patients.timeZone,
  clinicianId: visits.clinicianId,
  clinicianName: users.name,
  kind: visits.kind,
  startsAt: visits.startsAt,
  durationMinutes: visits.durationMinutes,
  timeZone: visits.timeZone,
  state: visits.state,
  openedAt: visits.openedAt,
  endedAt: visits.endedAt,
  mode: visits.mode,
  typeId: visits.typeId,
  bufferMinutes: visits.bufferMinutes,
  sequence: visits.sequence,
  purpose: visits.purpose,
  interpreter: visits.interpreter,
  helperWanted: visits.helperWanted,
  seriesId: visits.seriesId,
  acceptedAt: visits.acceptedAt,
};

/** A visit with what a screen says about it. */
export function* findVisit(d: Db, { clinicId, patientId, visitId }: PatientScope & { visitId: string }) {
  return yield* first(
    d
      .select({
        ...shownVisit,
        clinicId: visits.clinicId,
        roomName: visits.roomName,
        fallbackPhone: visits.fallbackPhone,
        summary: visits.summary,
        summaryRevision: visits.summaryRevision,
        episodeId: visits.episodeId,
        side: episodes.side,
        condition: episodes.conditionText,
        patientUserId: patients.userId,
        patientPhone: patients.phone,
        operatesWith: patients.operatesWith,
        clinicName: clinics.name,
        clinicPhone: clinics.phone,
        emergencyNumber: clinics.emergencyNumber,
      })
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .innerJoin(episodes, eq(episodes.id, visits.episodeId))
      .innerJoin(clinics, eq(clinics.id, visits.clinicId))
      .where(and(eq(visits.id, visitId), eq(visits.patientId, patientId), eq(visits.clinicId, clinicId))),
  );
}

/** Those of a patient's visits that are named. */
export function* listVisitsById(
  d: Db,
  { clinicId, patientId, visitIds }: PatientScope & { visitIds: readonly string[] },
) {
  if (visitIds.length === 0) return [];
  // Bounded: the visits that are named.
  return yield* q(
    d
      .select(shownVisit)
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .where(and(eq(visits.clinicId, clinicId), eq(visits.patientId, patientId), inArray(visits.id, [...visitIds]))),
  );
}

/** A page of a patient's visits, newest first. */
export function* listPatientVisits(
  d: Db,
  { clinicId, patientId, before, limit }: PatientScope & { before: { at: number; id: string } | null; limit: number },
) {
  return yield* q(
    d
      .select({ ...shownVisit, fallbackPhone: visits.fallbackPhone, summary: visits.summary })
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .where(
        and(
          eq(visits.patientId, patientId),
          eq(visits.clinicId, clinicId),
          olderThan(visits.startsAt, visits.id, before),
        ),
      )
      .orderBy(desc(visits.startsAt), desc(visits.id))
      .limit(limit),
  );
}

/** Moves a visit that is open or on the calendar to how it ended; false where another act came first. */
export function* moveVisit(
  d: Db,
  {
    visitId,
    from,
    state,
    nowMs,
  }: { visitId: string; from: 'scheduled' | 'open'; state: 'ended' | CancelledState; nowMs: number },
): Body<boolean> {
  const ended = yield* q(
    d
      .update(visits)
      .set({ state, endedAt: nowMs, ...(state === 'cancelled' ? calledOff(nowMs) : {}) })
      .where(and(eq(visits.id, visitId), eq(visits.state, from)))
      .returning({ id: visits.id }),
  );
  return ended.length === 1;
}

/** A visit that needs no room was held: it has its record from then on; false where another act came first. */
export function* markHeld(
  d: Db,
  { visitId, openedAt, nowMs }: { visitId: string; openedAt: number; nowMs: number },
): Body<boolean> {
  const held = yield* q(
    d
      .update(visits)
      .set({ state: 'ended', openedAt, endedAt: nowMs })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'scheduled')))
      .returning({ id: visits.id }),
  );
  return held.length === 1;
}

/** A calendar that holds the visit takes it out by a later count alone. */
const calledOff = (nowMs: number) => ({ sequence: increment(visits.sequence), changedAt: nowMs });

type Rescheduled = {
  visitId: string;
  /** As it was on screen. */
  sequence: number;
  change: Pick<VisitRow, 'startsAt' | 'durationMinutes' | 'timeZone' | 'acceptedAt'>;
  nowMs: number;
};

/** Gives a planned visit another time; false where it was moved, called off or begun since it was on screen. */
export function* rescheduleTo(d: Db, { visitId, sequence, change, nowMs }: Rescheduled): Body<boolean> {
  const moved = yield* q(
    d
      .update(visits)
      .set({ ...change, sequence: sequence + 1, changedAt: nowMs })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'scheduled'), eq(visits.sequence, sequence)))
      .returning({ id: visits.id }),
  );
  return moved.length === 1;
}

export function* setVisitSummary(
  d: Db,
  { visitId, ...change }: { visitId: string; summary: string; summaryRevision: number },
): Body<void> {
  yield* q(d.update(visits).set(change).where(eq(visits.id, visitId)));
}

export function* findParticipant(
  d: Db,
  { visitId, userId }: { visitId: string; userId: string },
): Body<VisitParticipantRow | undefined> {
  return yield* first(
    d
      .select()
      .from(visitParticipants)
      .where(and(eq(visitParticipants.visitId, visitId), eq(visitParticipants.userId, userId))),
  );
}

/** The roster: who each author in the room is. */
export function* listParticipants(d: Db, { visitId }: { visitId: string }) {
  // Bounded: who was in one visit.
  return yield* q(
    d
      .select({
        id: visitParticipants.id,
        userId: visitParticipants.userId,
        name: users.name,
        role: visitParticipants.role,
        state: visitParticipants.state,
        doorUntil: visitParticipants.doorUntil,
        waitingAt: visitParticipants.waitingAt,
        admittedAt: visitParticipants.admittedAt,
        leftAt: visitParticipants.leftAt,
        locationText: visitParticipants.locationText,
        presentOthers: visitParticipants.presentOthers,
      })
      .from(visitParticipants)
      .innerJoin(users, eq(users.id, visitParticipants.userId))
      .where(eq(visitParticipants.visitId, visitId))
      .orderBy(asc(visitParticipants.id)),
  );
}

/** Patients of one's own who wait since then to be let into a visit that is not over, the longest wait first. */
export function* listWaiting(d: Db, { sinceMs, limit, ...reach }: Reach & { sinceMs: number; limit: number }) {
  return yield* q(
    d
      .select({
        visitId: visits.id,
        patientId: patients.id,
        patientName: patients.name,
        waitingAt: visitParticipants.waitingAt,
      })
      .from(visitParticipants)
      // SQLite takes the tables of a cross join in this order: from the few at a door, not from all visits of all patients.
      .crossJoin(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .where(
        and(
          eq(visits.id, visitParticipants.visitId),
          AT_THE_DOOR,
          gte(visitParticipants.waitingAt, sinceMs),
          eq(visits.clinicId, reach.clinicId),
          inArray(visits.patientId, reached(d, reach)),
          inArray(visits.state, ['scheduled', 'open']),
        ),
      )
      .orderBy(asc(visitParticipants.waitingAt), asc(visits.id))
      .limit(limit),
  );
}

export function* upsertParticipant(d: Db, row: typeof visitParticipants.$inferInsert): Body<VisitParticipantRow> {
  const { id: _id, visitId: _visit, userId: _user, ...change } = row;
  const [saved] = yield* q(
    d
      .insert(visitParticipants)
      .values(row)
      .onConflictDoUpdate({ target: [visitParticipants.visitId, visitParticipants.userId], set: change })
      .returning(),
  );
  if (!saved) throw new Error('an upsert returns its row');
  return saved;
}

/** Moves a participant from one of the given states; false where another act came first. */
export function* moveParticipant(
  d: Db,
  {
    participantId,
    from,
    change,
  }: {
    participantId: string;
    from: VisitParticipantRow['state'][];
    change: Partial<typeof visitParticipants.$inferInsert>;
  },
): Body<boolean> {
  const moved = yield* q(
    d
      .update(visitParticipants)
      .set(change)
      .where(and(eq(visitParticipants.id, participantId), inArray(visitParticipants.state, from)))
      .returning({ id: visitParticipants.id }),
  );
  return moved.length === 1;
}

/** Adds a hint to a visit's history; a webhook that comes twice counts once. */
export function* insertVisitEvent(d: Db, row: typeof visitEvents.$inferInsert): Body<boolean> {
  const added = yield* q(d.insert(visitEvents).values(row).onConflictDoNothing().returning({ id: visitEvents.id }));
  return added.length === 1;
}

export function* listVisitEvents(d: Db, { visitId }: { visitId: string }) {
  // Bounded: the history of one visit.
  return yield* q(
    d
      .select()
      .from(visitEvents)
      .where(eq(visitEvents.visitId, visitId))
      .orderBy(asc(visitEvents.at), asc(visitEvents.id)),
  );
}

export function* findVisitByRoom(d: Db, { roomName }: { roomName: string }): Body<VisitRow | undefined> {
  return yield* first(d.select().from(visits).where(eq(visits.roomName, roomName)));
}

/** The last answers of this patient to "where are you, who is with you", for one tap "same as last time". */
export function* findLastPresence(d: Db, { clinicId, patientId, userId }: PatientScope & { userId: string }) {
  return yield* first(
    d
      .select({ locationText: visitParticipants.locationText, presentOthers: visitParticipants.presentOthers })
      .from(visitParticipants)
      .innerJoin(visits, eq(visits.id, visitParticipants.visitId))
      .where(
        and(
          eq(visits.patientId, patientId),
          eq(visits.clinicId, clinicId),
          eq(visitParticipants.userId, userId),
          inArray(visitParticipants.state, ['admitted', 'left']),
        ),
      )
      .orderBy(desc(visits.startsAt), desc(visits.id))
      .limit(1),
  );
}
