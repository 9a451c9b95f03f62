import 'server-only';
import type { Db } from '#db/body';
import { findVisitSurface } from '#db/queries/annotation/surfaces';
import { findConsent } from '#db/queries/people/patients';
import { findStill, insertStill } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import type { AddStill } from '#domain/visit/record';
import { announceMedia } from '#server/acts/check-in/announce-media';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type AdmittedVisit, tellVisit } from './access';
import { addendumAt } from './addendum';

type Add = AdmittedVisit & Omit<AddStill, 'visitId'> & { ownerUserId: string };

/**
 * Puts a frozen frame into the visit's record; its bytes follow by resumable upload under the same id. Needs the
 * patient's consent to stills. Repeating it answers the same.
 */
export function* addStill(d: Db, work: UnitOfWork, add: Add) {
  const { visit, standing, me, stillId, bytes, source, ownerUserId } = add;
  // By the server's clock, as the page estimates it.
  const clock = { offsetMs: 0, isMeasured: true };
  const { at: capturedAt } = work.rightClock({ times: [add.capturedAt], clock })(add.capturedAt);
  const { scope } = standing;
  if (source === 'patient_device' && me.role !== 'patient') throw new Failure('FORBIDDEN', 'not_allowed');
  const consent = yield* findConsent(d, { ...scope, kind: 'stills' });
  if (!consent) throw new Failure('FORBIDDEN', 'consent_missing');
  const surface = yield* findVisitSurface(d, { ...scope, visitId: visit.id });
  if (!surface) throw notFound();
  const row = { id: stillId, ...scope, ownerUserId, kind: 'still' as const, bytes, consentId: consent.id };
  const media = yield* announceMedia(d, work, row);
  const known = yield* findStill(d, { stillId });
  if (known && known.visitId !== visit.id) throw notFound();
  if (!known) {
    const side = visit.side === 'both' ? null : visit.side;
    const place = { visitId: visit.id, mediaId: stillId, surfaceId: surface.id };
    const late = yield* addendumAt(d, work, add, capturedAt);
    yield* insertStill(d, { id: stillId, ...place, capturedAt, source, side, addendumAt: late });
  }
  tellVisit(work, visit);
  return media;
}
