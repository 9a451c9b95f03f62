import type { Outputs } from '#client/api/trpc';

type Program = Outputs['programs']['ofPatient'][number];

/** The prescription that is worked on in the visit, with its program; null while none is chosen. */
export type Focus = { program: Program; prescription: NonNullable<Program['current']>['prescriptions'][number] };

export function focusOf(programs: readonly Program[], lineageId: string | null): Focus | null {
  for (const program of programs) {
    const prescription = program.current?.prescriptions.find((one) => one.lineageId === lineageId);
    if (prescription) return { program, prescription };
  }
  return null;
}

export function linkedExercise(focus: Focus | null) {
  if (!focus) return null;
  const { prescription, program } = focus;
  const exercise = program.exercises.find((one) => one.exerciseVersionId === prescription.exerciseVersionId);
  const { side, digits, lineageId } = prescription;
  return {
    lineageId,
    slug: exercise?.slug ?? null,
    category: exercise?.category ?? null,
    side,
    digits: digits as string[],
  };
}
