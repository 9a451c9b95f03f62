import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertNotice } from '#db/queries/contact/notices';
import type { PatientStanding } from '#db/queries/people/access';
import { closeProgram, listPrescriptions, listPrograms, listPublished } from '#db/queries/program/programs';
import { Failure } from '#domain/input/failure';
import type { Sides } from '#domain/input/fields';
import type { OtherHand } from '#domain/people/patient';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { publishChanged } from './versions';

type ToSide = {
  standing: PatientStanding;
  episodeId: string;
  side: Sides;
  /** What becomes of exercises of the other hand; null where nobody was asked yet. */
  otherHand: OtherHand | null;
  decidedBy: string;
};

const isOtherThan = (side: Sides) => (one: { side: Sides }) =>
  side !== 'both' && one.side !== 'both' && one.side !== side;

/**
 * The side of a hand problem was changed: exercises of its programs that are for the other hand are moved, left or ended,
 * as the clinician says. Refused where nobody was asked; exercises of both hands stay as they are.
 */
export function* followSide(d: Db, work: UnitOfWork, { standing, ...to }: ToSide): Body<void> {
  const own = (yield* listPrograms(d, standing.scope)).filter(
    ({ episodeId, state }) => episodeId === to.episodeId && state === 'active',
  );
  const published = yield* listPublished(d, { programIds: own.map(({ id }) => id) });
  for (const version of published) {
    const rows = yield* listPrescriptions(d, { versionIds: [version.id] });
    const others = rows.filter(isOtherThan(to.side));
    if (others.length === 0 || to.otherHand?.what === 'leave') continue;
    if (to.otherHand === null) throw new Failure('BAD_REQUEST', 'other_hand');
    if (to.otherHand.what === 'end') yield* endProgram(d, work, standing, version.programId);
    else
      yield* publishChanged(d, work, {
        standing,
        programId: version.programId,
        basedOnNumber: version.number,
        source: 'editor',
        sourceId: null,
        reason: to.otherHand.reason,
        flagReason: to.otherHand.flagReason,
        restrictionReason: to.otherHand.restrictionReason,
        publishedBy: to.decidedBy,
        lineageIds: [],
        change: (one) => (isOtherThan(to.side)(one) ? { ...one, side: to.side } : one),
      });
  }
}

/** Nothing of it is on Today any more; what was prescribed and logged stays in the record. */
function* endProgram(d: Db, work: UnitOfWork, { scope, userId }: PatientStanding, programId: string): Body<void> {
  yield* closeProgram(d, { ...scope, programId });
  if (userId) {
    yield* insertNotice(d, {
      ...{ id: uuidv7(), clinicId: scope.clinicId, userId, kind: 'program_changed', subjectId: programId },
      ...{ eventKey: `program_ended:${programId}`, createdAt: work.nowMs },
    });
  }
  work.tell('program', programId, { patientId: scope.patientId });
}
