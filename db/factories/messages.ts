import 'server-only';
import { and, eq } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { episodes } from '#db/schema/patients';
import type { PatientScope } from '#db/scope';

/** A hand problem that is over. */
export function* closeEpisode(
  d: Db,
  { clinicId, patientId, episodeId, nowMs }: PatientScope & { episodeId: string; nowMs: number },
): Body<void> {
  const own = and(eq(episodes.id, episodeId), eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId));
  yield* q(d.update(episodes).set({ closedAt: nowMs }).where(own));
}
