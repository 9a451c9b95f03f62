import 'server-only';
import { eq } from 'drizzle-orm';
import { type Body, type Db, first } from '#db/body';
import { checkIns } from '#db/schema/check-ins';
import { flags } from '#db/schema/logs';
import { media } from '#db/schema/media';
import { episodes, patients } from '#db/schema/patients';
import { programs } from '#db/schema/programs';
import { visits } from '#db/schema/visits';

/** A record that somebody asked for, whoever may see it: it is looked up in all clinics, for the trail and nothing else. */
export type AskedFor = { clinicId: string; patientId: string | null; subjectId: string };

/** What an input may name, the most special first. */
const NAMED = {
  visitId: visits,
  checkInId: checkIns,
  mediaId: media,
  programId: programs,
  flagId: flags,
  episodeId: episodes,
} as const;

/** The record that these ids of an input name; undefined where they name none of anybody's. */
export function* findAskedFor(d: Db, ids: Readonly<Record<string, string>>): Body<AskedFor | undefined> {
  for (const [name, named] of Object.entries(NAMED)) {
    const id = ids[name];
    if (id === undefined) continue;
    const row = yield* first(
      d.select({ clinicId: named.clinicId, patientId: named.patientId }).from(named).where(eq(named.id, id)),
    );
    if (row) return { clinicId: row.clinicId, patientId: row.patientId, subjectId: id };
  }
  const { patientId } = ids;
  if (patientId === undefined) return undefined;
  const row = yield* first(d.select({ clinicId: patients.clinicId }).from(patients).where(eq(patients.id, patientId)));
  return row && { clinicId: row.clinicId, patientId, subjectId: patientId };
}
