import 'server-only';
import type { Body, Db } from '#db/body';
import { findMediaById, insertMedia, type MediaRow } from '#db/queries/check-in/media';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Announced = {
  id: string;
  clinicId: string;
  ownerUserId: string;
  patientId: string | null;
  kind: 'still' | 'demo';
  bytes: number;
  consentId: string | null;
};

/** The row that bytes will be uploaded into. Announcing it again changes nothing; the id of somebody else does not exist. */
export function* announceMedia(d: Db, work: UnitOfWork, row: Announced): Body<{ state: MediaRow['state'] }> {
  work.about(row.id);
  const known = yield* findMediaById(d, { mediaId: row.id });
  if (!known) yield* insertMedia(d, { ...row, state: 'pending', createdAt: work.nowMs });
  else if (known.ownerUserId !== row.ownerUserId || known.kind !== row.kind) throw notFound();
  else if (known.bytes !== row.bytes && known.state === 'pending') throw new Failure('CONFLICT', 'operation_differs');
  return { state: known?.state ?? 'pending' };
}
