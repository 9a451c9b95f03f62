import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { insertNotice, markSubjectRead } from '#db/queries/contact/notices';
import type { PatientStanding } from '#db/queries/people/access';
import { findOpenEpisode } from '#db/queries/people/patients';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { listPrescriptions, listPrograms, listPublished } from '#db/queries/program/programs';
import {
  findRestrictionById,
  insertRestriction,
  liftRestriction,
  listPast,
  listStanding,
  type RestrictionRow,
} from '#db/queries/record/restrictions';
import { Failure, notFound } from '#domain/input/failure';
import { RESTRICTIONS_PER_PAGE } from '#domain/input/page';
import { can } from '#domain/people/access';
import type { changeRestrictionSchema, liftRestrictionSchema, SetRestriction } from '#domain/record/restriction';
import { localDay } from '#domain/time/local-day';
import { workOf } from '#server/acts/program/restricted';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** More than anybody keeps in mind; the lists that show all of them stay short. */
const RESTRICTIONS_MAX = 30;

type By = { standing: PatientStanding; by: string };
type Asked<T extends { patientId: string }> = Omit<T, 'patientId'>;

const isSame = (row: RestrictionRow, set: Asked<SetRestriction>, by: string) =>
  canonicalJson([row.limit, row.untilOn, row.source, row.note, row.setBy]) ===
  canonicalJson([set.limit, set.untilOn, set.source, set.note, by]);

/**
 * Sets a restriction of the open hand problem. Sent again it is the same one. What is prescribed stays as it is: which
 * exercises it holds is read beside it, and the patient is told.
 */
export function* setRestriction(
  d: Db,
  work: UnitOfWork,
  { standing, by, ...set }: By & Asked<SetRestriction>,
): Body<{ restrictionId: string }> {
  const { scope, timeZone } = standing;
  const known = yield* findRestrictionById(d, { restrictionId: set.id });
  if (known) {
    if (known.clinicId !== scope.clinicId || known.patientId !== scope.patientId) throw notFound();
    if (!isSame(known, set, by)) throw new Failure('CONFLICT', 'operation_differs');
    return { restrictionId: set.id };
  }
  const day = localDay(work.nowMs, timeZone);
  if (set.untilOn !== null && set.untilOn <= day) throw new Failure('BAD_REQUEST', 'restriction_over');
  const episode = yield* findOpenEpisode(d, scope);
  if (!episode) throw new Failure('BAD_REQUEST', 'no_open_episode');
  if ((yield* listStanding(d, { ...scope, day })).length >= RESTRICTIONS_MAX)
    throw new Failure('BAD_REQUEST', 'too_many_restrictions');
  const { id, limit, untilOn, source, note } = set;
  yield* insertRestriction(d, {
    ...{ id, ...scope, episodeId: episode.id, kind: limit.kind, limit, untilOn, source, note },
    ...{ setBy: by, setAt: work.nowMs },
  });
  yield* tellOf(d, work, standing, { restrictionId: id, what: 'set' });
  return { restrictionId: id };
}

type Told = { restrictionId: string; what: 'set' | 'lifted' };

/** Who practises learns that something is different now; on paper or by heart nobody sees it. */
function* tellOf(
  d: Db,
  work: UnitOfWork,
  { scope, userId }: PatientStanding,
  { restrictionId, what }: Told,
): Body<void> {
  work.about(restrictionId);
  work.tell('program', restrictionId, { patientId: scope.patientId });
  if (!userId) return;
  // Several at one time are one piece of news.
  yield* markSubjectRead(d, { userId, subjectId: scope.patientId, nowMs: work.nowMs });
  yield* insertNotice(d, {
    ...{ id: uuidv7(), clinicId: scope.clinicId, userId, kind: 'restriction_changed', subjectId: scope.patientId },
    ...{ eventKey: `restriction:${restrictionId}:${what}`, createdAt: work.nowMs },
  });
  work.tell('notice', scope.patientId, { userId });
}

/** Lifts a restriction, and keeps who did and why. What it held goes on at once. */
export function* liftRestrictionOf(
  d: Db,
  work: UnitOfWork,
  { standing, by, restrictionId, reason }: By & Asked<z.output<typeof liftRestrictionSchema>>,
): Body<{ lifted: true }> {
  const { scope } = standing;
  const row = yield* findRestrictionById(d, { restrictionId });
  if (row?.clinicId !== scope.clinicId || row.patientId !== scope.patientId) throw notFound();
  const lifted = { liftedBy: by, liftedAt: work.nowMs, liftedReason: reason };
  if (!(yield* liftRestriction(d, { ...scope, restrictionId, ...lifted })))
    throw new Failure('CONFLICT', 'restriction_lifted');
  yield* tellOf(d, work, standing, { restrictionId, what: 'lifted' });
  return { lifted: true };
}

/** Another restriction in the place of one: the old one is lifted with why, and both stay in the history. */
export function* changeRestriction(
  d: Db,
  work: UnitOfWork,
  { standing, by, replacesId, reason, ...set }: By & Asked<z.output<typeof changeRestrictionSchema>>,
): Body<{ restrictionId: string }> {
  // What is sent again found the old one lifted the first time.
  const isAgain = (yield* findRestrictionById(d, { restrictionId: set.id })) !== undefined;
  if (!isAgain) yield* liftRestrictionOf(d, work, { standing, by, restrictionId: replacesId, reason });
  return yield* setRestriction(d, work, { standing, by, ...set });
}

/**
 * What holds today, and what is prescribed now as far as rules about it ask: by `breaksOf` a screen says which exercises
 * break what, also of a dose that is only being written.
 */
export function* readPinned(
  d: Db,
  work: UnitOfWork,
  { standing, locale }: { standing: PatientStanding; locale: string },
) {
  const { scope, timeZone } = standing;
  const day = localDay(work.nowMs, timeZone);
  const restrictions = yield* listStanding(d, { ...scope, day });
  const active = (yield* listPrograms(d, scope)).filter(({ state }) => state === 'active');
  const published =
    restrictions.length === 0 ? [] : yield* listPublished(d, { programIds: active.map(({ id }) => id) });
  const rows = yield* listPrescriptions(d, { versionIds: published.map(({ id }) => id) });
  const versionIds = [...new Set(rows.map((row) => row.exerciseVersionId))];
  const exercises = yield* listExerciseVersions(d, { versionIds, locale });
  const nameOf = new Map(exercises.map((one) => [one.exerciseVersionId, one.texts.name]));
  return {
    ...{ day, timeZone, restrictions },
    mayWrite: can('restriction.write', standing),
    programs: published.map(({ id, programId, number, restrictionsBroken }) => ({
      ...{ programId, number, signed: restrictionsBroken ?? [] },
      title: active.find((program) => program.id === programId)?.title ?? '',
      prescriptions: workOf(
        rows.filter((row) => row.programVersionId === id),
        exercises,
      ).map((one) => ({ ...one, name: nameOf.get(one.exerciseVersionId) ?? '' })),
    })),
  };
}

type History = { standing: PatientStanding; before: { at: number; id: string } | null };

/** A page of what holds no more, with why it was lifted and by whom. */
export function* readPast(d: Db, work: UnitOfWork, { standing: { scope, timeZone }, before }: History) {
  const day = localDay(work.nowMs, timeZone);
  return yield* listPast(d, { ...scope, day, before, limit: RESTRICTIONS_PER_PAGE });
}
