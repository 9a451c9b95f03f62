import 'server-only';
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Body, type Db, first, q } from '#db/body';
import { restrictions } from '#db/schema/measures';
import { episodes } from '#db/schema/patients';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import type { LocalDay } from '#domain/time/local-day';

export type RestrictionRow = typeof restrictions.$inferSelect;

const { id, limit, untilOn, source, note, setAt, liftedAt, liftedReason } = restrictions;

/** With the hand that it is of and who set it. */
const standing = { id, side: episodes.side, limit, untilOn, source, note, setAt, liftedAt, setByName: users.name };

const ofPatient = ({ clinicId, patientId }: PatientScope) =>
  and(eq(restrictions.patientId, patientId), eq(restrictions.clinicId, clinicId));

export function* insertRestriction(d: Db, row: typeof restrictions.$inferInsert): Body<void> {
  yield* q(d.insert(restrictions).values(row));
}

/** By its id alone, whosever it is: for whoever makes one under it. */
export function* findRestrictionById(
  d: Db,
  { restrictionId }: { restrictionId: string },
): Body<RestrictionRow | undefined> {
  return yield* first(d.select().from(restrictions).where(eq(id, restrictionId)));
}

/** What holds on the patient's local day, the newest first. */
export function* listStanding(d: Db, { day, ...scope }: PatientScope & { day: LocalDay }) {
  // Bounded: RESTRICTIONS_MAX hold at once (acts/record/restrictions.ts).
  return yield* q(
    d
      .select(standing)
      .from(restrictions)
      .innerJoin(episodes, eq(episodes.id, restrictions.episodeId))
      .innerJoin(users, eq(users.id, restrictions.setBy))
      .where(and(ofPatient(scope), isNull(liftedAt), or(isNull(untilOn), gt(untilOn, day))))
      .orderBy(desc(setAt), desc(id)),
  );
}

type Page = PatientScope & { day: LocalDay; before: { at: number; id: string } | null; limit: number };

/** A page of what holds no more on the patient's local day, the newest first: lifted, or its day has come. */
export function* listPast(d: Db, { day, before, limit: rows, ...scope }: Page) {
  const lifters = alias(users, 'lifters');
  return yield* q(
    d
      .select({ ...standing, liftedReason, liftedByName: lifters.name })
      .from(restrictions)
      .innerJoin(episodes, eq(episodes.id, restrictions.episodeId))
      .innerJoin(users, eq(users.id, restrictions.setBy))
      .leftJoin(lifters, eq(lifters.id, restrictions.liftedBy))
      .where(
        and(
          ofPatient(scope),
          or(isNotNull(liftedAt), lte(untilOn, day)),
          before ? or(lt(setAt, before.at), and(eq(setAt, before.at), lt(id, before.id))) : undefined,
        ),
      )
      .orderBy(desc(setAt), desc(id))
      .limit(rows),
  );
}

/** Those that versions of a program name, whether they hold or not. */
export function* listRestrictionsById(d: Db, { ids, ...scope }: PatientScope & { ids: readonly string[] }) {
  if (ids.length === 0) return [];
  // Bounded: the restrictions that are named.
  return yield* q(
    d
      .select({ id, limit, untilOn })
      .from(restrictions)
      .where(and(ofPatient(scope), inArray(id, [...ids]))),
  );
}

type Lift = PatientScope & { restrictionId: string; liftedBy: string; liftedAt: number; liftedReason: string };

/** False where it was lifted already, or is not this patient's. */
export function* liftRestriction(d: Db, { restrictionId, clinicId, patientId, ...lifted }: Lift): Body<boolean> {
  const rows = yield* q(
    d
      .update(restrictions)
      .set(lifted)
      .where(and(eq(id, restrictionId), ofPatient({ clinicId, patientId } as PatientScope), isNull(liftedAt)))
      .returning({ id }),
  );
  return rows.length === 1;
}
