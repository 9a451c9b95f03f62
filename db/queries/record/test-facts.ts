import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { restrictions } from '#db/schema/measures';
import { episodes } from '#db/schema/patients';
import type { PatientScope } from '#db/scope';
import type { Restriction } from '#domain/record/restriction';

/** What was set and nobody lifted, each with the hand that its hand problem is of; it may be over by its day. */
export function* listStandingRestrictions(d: Db, { clinicId, patientId }: PatientScope): Body<Restriction[]> {
  // Bounded: what people set for one patient and nobody lifted.
  return yield* q(
    d
      .select({
        id: restrictions.id,
        side: episodes.side,
        limit: restrictions.limit,
        untilOn: restrictions.untilOn,
        liftedAt: restrictions.liftedAt,
      })
      .from(restrictions)
      .innerJoin(episodes, eq(episodes.id, restrictions.episodeId))
      .where(
        and(eq(restrictions.patientId, patientId), eq(restrictions.clinicId, clinicId), isNull(restrictions.liftedAt)),
      )
      .orderBy(asc(restrictions.setAt), asc(restrictions.id)),
  );
}
