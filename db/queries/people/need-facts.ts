import 'server-only';
import { and, eq, gte, inArray, isNull, max, min } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type Body, type Db, q, together } from '#db/body';
import { condition } from '#db/columns';
import { CURRENT } from '#db/queries/practice/logs';
import { ofReached, type Reach, reached } from '#db/reach';
import { checkIns } from '#db/schema/check-ins';
import { escalations } from '#db/schema/escalations';
import { flags, lastLogs, logs, practices } from '#db/schema/logs';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { programs, programVersions } from '#db/schema/programs';
import { visits } from '#db/schema/visits';
import type { LocalDay } from '#domain/time/local-day';

// What the order of a caseload is made from: one small row per patient or less, whatever their records hold. Where a
// clinician has many patients, rows of a colleague's may be among them (`db/reach.ts`).

/** Everybody on the caseload, with the instant of the last log; null = none yet. */
export function* listRanked(d: Db, reach: Reach) {
  const { id: patientId, name, userId, timeZone } = patients;
  // Bounded: one small row per patient of one clinician; the order needs all of them.
  return yield* q(
    d
      .select({ patientId, name, userId, timeZone, lastLogAtMs: lastLogs.at })
      .from(patients)
      .leftJoin(lastLogs, eq(lastLogs.patientId, patientId))
      .where(and(eq(patients.clinicId, reach.clinicId), inArray(patientId, reached(d, reach)))),
  );
}

export function* listRankedFlags(d: Db, reach: Reach) {
  const { patientId, severity, kind, rule, raisedAt, pain, redFlags, correctedPain, takenBackAt } = flags;
  const said = { kind, rule, pain, redFlags, correctedPain, takenBackAt };
  const way = { toldAtMs: escalations.raisedAt, takenAtMs: escalations.takenAt, takenByName: users.name };
  // Bounded: open flags of one clinician’s patients, or of the clinic’s; the order needs all of them.
  return yield* q(
    d
      .select({ patientId, severity, raisedAtMs: raisedAt, ...said, ...way })
      .from(flags)
      .leftJoin(escalations, eq(escalations.flagId, flags.id))
      .leftJoin(users, eq(users.id, escalations.takenBy))
      .where(and(eq(flags.clinicId, reach.clinicId), isNull(flags.seenAt), ofReached(d, reach, patientId))),
  );
}

/** Literal, as in the partial index: with parameters no engine can prove that an index covers the question. */
const WAITING = condition(
  "check_ins.state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media')",
);

type Dated = { patientId: string; at: number | null };

/** The nearest promised time of each patient's check-ins that wait. */
export function* listRankedCheckIns(d: Db, reach: Reach): Body<Dated[]> {
  const { patientId, dueAt } = checkIns;
  // Bounded: one row per patient of one clinician.
  return yield* q(
    d
      .select({ patientId, at: min(dueAt) })
      .from(checkIns)
      .where(and(eq(checkIns.clinicId, reach.clinicId), WAITING, ofReached(d, reach, patientId)))
      .groupBy(patientId),
  );
}

/** The next visit of each patient from an instant on. */
export function* listRankedVisits(d: Db, { fromMs, ...reach }: Reach & { fromMs: number }): Body<Dated[]> {
  const { patientId, startsAt } = visits;
  // Bounded: one row per patient of one clinician.
  return yield* q(
    d
      .select({ patientId, at: min(startsAt) })
      .from(visits)
      .where(
        and(
          eq(visits.clinicId, reach.clinicId),
          inArray(visits.state, ['scheduled', 'open']),
          gte(startsAt, fromMs),
          ofReached(d, reach, patientId),
        ),
      )
      .groupBy(patientId),
  );
}

/** Who has an active program with a published version. */
export function* listPrescribed(d: Db, reach: Reach): Body<{ patientId: string }[]> {
  const { patientId } = programs;
  // Bounded: one row per patient of one clinician.
  return yield* q(
    d
      .selectDistinct({ patientId })
      .from(programs)
      .innerJoin(programVersions, eq(programVersions.programId, programs.id))
      .where(
        and(
          eq(programs.clinicId, reach.clinicId),
          eq(programs.state, 'active'),
          condition("program_versions.state = 'published'"),
          inArray(patientId, reached(d, reach)),
        ),
      ),
  );
}

/** Pain that reaches a limit (0–10) on the days that count, of the patients of these time zones; null = of every one. */
type Pain = Reach & { from: number; sinceMs: number; fromOn: LocalDay; timeZones: readonly string[] | null };
type Worst = { patientId: string; pain: number | null };

/** Those of these patients who live in some time zones: a day is not everywhere the same. */
const ofReachedIn = (d: Db, { timeZones, ...reach }: Pain, patientId: AnyPgColumn) => {
  if (timeZones === null) return ofReached(d, reach, patientId);
  const there = inArray(patients.timeZone, [...timeZones]);
  const own = ofReached(d, reach, patients.id);
  return inArray(
    patientId,
    d
      .select({ patientId: patients.id })
      .from(patients)
      .where(and(eq(patients.clinicId, reach.clinicId), there, own)),
  );
};

/** As in the partial indexes; a clinic that looks at less pain than this walks over the whole week. */
const PAINFUL_FROM = 3;
const PAINFUL = { logs: condition('logs.pain >= 3'), sittings: condition('practices.pain_after >= 3') };

/** The worst pain of each patient, of single exercises and of whole sittings. */
export function* listWorstPain(d: Db, asked: Pain): Body<Worst[]> {
  const { clinicId, from, sinceMs, fromOn } = asked;
  const ofLogs = d
    .select({ patientId: logs.patientId, pain: max(logs.pain) })
    .from(logs)
    .where(
      and(
        eq(logs.clinicId, clinicId),
        ofReachedIn(d, asked, logs.patientId),
        CURRENT,
        gte(logs.performedAt, sinceMs),
        gte(logs.localOn, fromOn),
        from >= PAINFUL_FROM ? PAINFUL.logs : undefined,
        gte(logs.pain, from),
      ),
    )
    .groupBy(logs.patientId);
  // Bounded: one row per patient of one clinician.
  const ofSittings = d
    .select({ patientId: practices.patientId, pain: max(practices.painAfter) })
    .from(practices)
    .where(
      and(
        eq(practices.clinicId, clinicId),
        ofReachedIn(d, asked, practices.patientId),
        gte(practices.startedAt, sinceMs),
        gte(practices.localOn, fromOn),
        from >= PAINFUL_FROM ? PAINFUL.sittings : undefined,
        gte(practices.painAfter, from),
        isNull(practices.removedAt),
      ),
    )
    .groupBy(practices.patientId);
  // Bounded: one row per patient of one clinician.
  const [said, ofWhole] = yield* together(q(ofLogs), q(ofSittings));
  return [...said, ...ofWhole];
}
