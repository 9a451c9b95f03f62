import 'server-only';
import { and, asc, eq, inArray, isNotNull, isNull, lt, notExists } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { condition } from '#db/columns';
import { checkInMedia, checkIns } from '#db/schema/check-ins';
import { exerciseDemos } from '#db/schema/exercises';
import { media } from '#db/schema/media';
import { consents, legalHolds } from '#db/schema/patients';
import type { MediaRow } from './media';

/** Literal, as in the partial indexes: with parameters no engine can prove that an index covers the question. */
const DISCARDED = condition("media.state = 'deleted' and media.storage_key is not null");
const RETAINED = condition("media.state = 'ready' and media.retain_until is not null");
const READY = condition("media.state = 'ready'");

/** Nothing of a patient on legal hold is removed. */
const isFree = (d: Db) =>
  notExists(
    d
      .select({ id: legalHolds.id })
      .from(legalHolds)
      .where(and(eq(legalHolds.patientId, media.patientId), isNull(legalHolds.liftedAt))),
  );

/** Discarded objects that are still stored. */
export function* listDiscarded(d: Db, { limit }: { limit: number }): Body<MediaRow[]> {
  return yield* q(
    d
      .select()
      .from(media)
      .where(and(DISCARDED, isFree(d)))
      // In the order of the partial index: else SQLite walks over all that is stored, by its key.
      .orderBy(asc(media.id))
      .limit(limit),
  );
}

/** What was kept for a time only, and that time is over. */
export function* listExpiredMedia(d: Db, { nowMs, limit }: { nowMs: number; limit: number }): Body<MediaRow[]> {
  return yield* q(
    d
      .select()
      .from(media)
      .where(and(RETAINED, lt(media.retainUntil, nowMs), isFree(d)))
      .limit(limit),
  );
}

/** The keeping times that patients of a clinic agreed to, in days; null = as long as the record. */
export function* listAgreedDays(d: Db, { clinicId }: { clinicId: string }): Body<(number | null)[]> {
  // Bounded: each keeping time once, of the few that a clinic offers.
  const rows = yield* q(
    d.selectDistinct({ keepDays: consents.keepDays }).from(consents).where(eq(consents.clinicId, clinicId)),
  );
  return rows.map((row) => row.keepDays);
}

export type PastKeeping = { mediaId: string; patientId: string | null };

type Past = { clinicId: string; beforeMs: number; limit: number };
type Agreed = Past & { agreedDays: number | null };

const agreed = (days: number | null) => (days === null ? isNull(consents.keepDays) : eq(consents.keepDays, days));

/** Clips whose check-in was closed before an instant and that were filmed under this agreement. What nobody answered is not among them. */
export function* listClipsPast(d: Db, { clinicId, beforeMs, agreedDays, limit }: Agreed): Body<PastKeeping[]> {
  return yield* q(
    d
      .select({ mediaId: media.id, patientId: media.patientId })
      .from(media)
      .innerJoin(checkInMedia, eq(checkInMedia.mediaId, media.id))
      .innerJoin(checkIns, eq(checkIns.id, checkInMedia.checkInId))
      .leftJoin(consents, eq(consents.id, media.consentId))
      .where(
        and(
          eq(media.clinicId, clinicId),
          eq(media.kind, 'clip'),
          READY,
          // No clip is younger than the answer to it: the index ends there.
          lt(media.createdAt, beforeMs),
          isNotNull(checkIns.closedAt),
          lt(checkIns.closedAt, beforeMs),
          agreed(agreedDays),
          isFree(d),
        ),
      )
      .limit(limit),
  );
}

/** Stills taken, and photos and voice notes sent, before an instant under this agreement. */
export function* listStillsPast(d: Db, { clinicId, beforeMs, agreedDays, limit }: Agreed): Body<PastKeeping[]> {
  return yield* q(
    d
      .select({ mediaId: media.id, patientId: media.patientId })
      .from(media)
      .leftJoin(consents, eq(consents.id, media.consentId))
      .where(
        and(
          eq(media.clinicId, clinicId),
          inArray(media.kind, ['still', 'photo', 'voice']),
          READY,
          lt(media.createdAt, beforeMs),
          agreed(agreedDays),
          isFree(d),
        ),
      )
      .limit(limit),
  );
}

/** Demo clips in whose place another one came before an instant. */
export function* listDemosPast(d: Db, { clinicId, beforeMs, limit }: Past): Body<PastKeeping[]> {
  return yield* q(
    d
      .select({ mediaId: media.id, patientId: media.patientId })
      .from(media)
      .innerJoin(exerciseDemos, eq(exerciseDemos.mediaId, media.id))
      .where(
        and(
          eq(media.clinicId, clinicId),
          eq(media.kind, 'demo'),
          READY,
          isNotNull(exerciseDemos.retiredAt),
          lt(exerciseDemos.retiredAt, beforeMs),
        ),
      )
      .limit(limit),
  );
}
