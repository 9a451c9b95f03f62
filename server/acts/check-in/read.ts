import 'server-only';
import type { Db } from '#db/body';
import { findCheckIn, findReplacement, listCheckInEvents, listCheckIns } from '#db/queries/check-in/check-ins';
import { findClinic } from '#db/queries/clinic/clinics';
import type { PatientStanding } from '#db/queries/people/access';
import type { PatientScope } from '#db/scope';
import { isInQueue } from '#domain/check-in/submission';
import { notFound } from '#domain/input/failure';
import { CHECK_INS_PER_PAGE } from '#domain/input/page';
import { prescribedBy } from '#server/acts/program/prescribed-by';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { reviewContext, showCheckIns } from './shown';

const PAGE = CHECK_INS_PER_PAGE;

type Page = { scope: PatientScope; withDrafts: boolean; before: { at: number; id: string } | null };

/** A page of the check-ins of a patient, newest first, with the promised time and where each stands. */
export function* readCheckIns(d: Db, { nowMs }: UnitOfWork, { scope, withDrafts, before }: Page) {
  const rows = yield* listCheckIns(d, { ...scope, before, limit: PAGE });
  return yield* showCheckIns(d, { scope, rows, withDrafts, nowMs });
}

type One = { standing: PatientStanding; checkInId: string; locale: string };

/**
 * One check-in with clips, answers, reviews and the doses that the published one changed; for the clinician also the
 * dose, the last logs and the feedback before.
 */
export function* readCheckIn(d: Db, work: UnitOfWork, { standing, checkInId, locale }: One) {
  const { scope, relations } = standing;
  const row = yield* findCheckIn(d, { ...scope, checkInId });
  if (!row) throw notFound();
  const isClinician = relations.includes('clinician');
  const [checkIn] = yield* showCheckIns(d, { scope, rows: [row], withDrafts: isClinician, nowMs: work.nowMs });
  if (!checkIn) throw notFound();
  const context = isClinician ? yield* reviewContext(d, { scope, checkIn: row }) : null;
  const events = isClinician ? yield* listCheckInEvents(d, { checkInId: row.id }) : [];
  const review = checkIn.reviews.find((one) => one.state === 'published');
  const prescribed = review
    ? yield* prescribedBy(d, scope, { source: 'review', sourceId: review.id, locale, isOfClinic: isClinician })
    : [];
  const replaced = row.replacesId ? yield* findCheckIn(d, { ...scope, checkInId: row.replacesId }) : undefined;
  const replacement = yield* findReplacement(d, { ...scope, checkInId });
  const clinic = yield* findClinic(d, scope);
  return {
    ...checkIn,
    /** Whom to ring where no time is promised. */
    ring: clinic ? { name: clinic.name, phone: clinic.phone } : null,
    context,
    events,
    newDoses: prescribed.flatMap(({ changes }) => changes),
    isInQueue: isInQueue(row, work.nowMs),
    replaces: replaced ? { id: replaced.id, submittedAt: replaced.submittedAt } : null,
    replacedBy: replacement ?? null,
  };
}
