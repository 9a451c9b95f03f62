import 'server-only';
import type { Body, Db } from '#db/body';
import { findPrescribable } from '#db/queries/program/exercises';
import {
  doseOf,
  listPrescriptions,
  listPrograms,
  listPublished,
  type PrescriptionRow,
} from '#db/queries/program/programs';
import { listStanding } from '#db/queries/record/restrictions';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import { exerciseCategorySchema } from '#domain/program/exercise';
import {
  type Break,
  breaksOf,
  type RestrictedWork,
  type SignedBreak,
  stillSigned,
  unsignedOf,
} from '#domain/record/breaks';
import type { LocalDay } from '#domain/time/local-day';

/** What is stored of an exercise that a rule about restrictions asks. */
type StoredExercise = {
  exerciseVersionId: string;
  slug: string | null;
  category: string;
  muscleGroup: readonly string[];
  equipment: readonly string[];
};

/** Stored prescriptions as the rules about restrictions take them; those whose exercise is not given are left out. */
export function workOf(rows: readonly PrescriptionRow[], exercises: readonly StoredExercise[]): RestrictedWork[] {
  const known = new Map(exercises.map((one) => [one.exerciseVersionId, one]));
  return rows.flatMap((row) => {
    const exercise = known.get(row.exerciseVersionId);
    if (!exercise) return [];
    const { lineageId, exerciseVersionId, side, digits, fromOn, untilOn } = row;
    const { slug, muscleGroup, equipment } = exercise;
    const category = exerciseCategorySchema.parse(exercise.category);
    return [
      {
        ...{ lineageId, exerciseVersionId, side, digits, fromOn, untilOn },
        dose: doseOf(row),
        exercise: { slug, category, muscleGroup, equipment },
      },
    ];
  });
}

type Next = {
  scope: PatientScope;
  /** The patient's local day. */
  day: LocalDay;
  current: { restrictionsBroken: SignedBreak[] | null } | undefined;
  before: readonly PrescriptionRow[];
  rows: readonly PrescriptionRow[];
  exercises: readonly StoredExercise[];
  /** Of the version that is published. */
  number: number;
  reason: string | null;
};

type Restricted = { restrictionReason: string | null; restrictionsBroken: SignedBreak[] | null };

/**
 * What a version breaks, to be kept with it: breaks that were signed before and ask for no more, and those that `reason`
 * signs now. Refused without one; null where it signs nothing.
 */
export function* reasonToBreak(d: Db, next: Next): Body<Restricted> {
  const standing = yield* listStanding(d, { ...next.scope, day: next.day });
  const found = breaksOf(standing, workOf(next.rows, next.exercises), next.day);
  if (found.length === 0) return { restrictionReason: null, restrictionsBroken: null };
  const prescribed = (rows: readonly PrescriptionRow[]) => rows.map((row) => ({ ...row, dose: doseOf(row) }));
  const signed = stillSigned(next.current?.restrictionsBroken ?? [], prescribed(next.before), prescribed(next.rows));
  const unsigned = unsignedOf(found, signed);
  if (unsigned.length > 0 && next.reason === null) throw new Failure('BAD_REQUEST', 'restriction_reason_needed');
  const signedIn = ({ restrictionId, lineageId }: Break) =>
    signed.find((one) => one.restrictionId === restrictionId && one.lineageId === lineageId)?.signedIn ?? next.number;
  const restrictionsBroken = found.map((one) => {
    const { restrictionId, lineageId } = one;
    return { restrictionId, lineageId, signedIn: signedIn(one) };
  });
  return { restrictionReason: unsigned.length > 0 ? next.reason : null, restrictionsBroken };
}

/** The exercises in force that break what holds on the patient's local day, without a signed reason: they wait. */
export function* listWaiting(d: Db, scope: PatientScope, day: LocalDay): Body<ReadonlySet<string>> {
  const standing = yield* listStanding(d, { ...scope, day });
  if (standing.length === 0) return new Set();
  const active = (yield* listPrograms(d, scope)).filter(({ state }) => state === 'active');
  const published = yield* listPublished(d, { programIds: active.map(({ id }) => id) });
  const rows = yield* listPrescriptions(d, { versionIds: published.map(({ id }) => id) });
  const versionIds = [...new Set(rows.map((row) => row.exerciseVersionId))];
  const exercises = yield* findPrescribable(d, { clinicId: scope.clinicId, versionIds });
  const signed = published.flatMap(({ restrictionsBroken }) => restrictionsBroken ?? []);
  return new Set(
    unsignedOf(breaksOf(standing, workOf(rows, exercises), day), signed).map(({ lineageId }) => lineageId),
  );
}
