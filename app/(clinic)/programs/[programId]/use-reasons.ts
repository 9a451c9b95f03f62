import { useRaiseReason } from '#components/practice/raise-reason';
import { useRestrictionReason } from '#components/record/restriction-reason';
import type { PinnedWork } from '#components/record/use-pinned';
import type { PrescriptionInput } from '#domain/program/draft';
import { exerciseCategorySchema } from '#domain/program/exercise';
import { raisedLineages } from '#domain/program/raise';
import { currentOf, type Program } from './use-program-draft';

type Exercise = {
  slug: string | null;
  category: string;
  muscleGroup: readonly string[];
  equipment: readonly string[];
  texts: { name: string };
};

/** A prescription that is being edited, as the rules about restrictions take it; none where its exercise is not known. */
function workOf(one: PrescriptionInput, exercise: Exercise | undefined): PinnedWork[] {
  const category = exerciseCategorySchema.safeParse(exercise?.category);
  if (!exercise || !category.success) return [];
  const { slug, muscleGroup, equipment, texts } = exercise;
  const facts = { slug, category: category.data, muscleGroup: [...muscleGroup], equipment: [...equipment] };
  return [{ ...one, name: texts.name, exercise: facts }];
}

type Edited = {
  program: Program;
  /** As it is edited. */
  list: readonly PrescriptionInput[];
  exerciseOf(exerciseVersionId: string): Exercise | undefined;
  /** Why the last try to publish was refused. */
  refusal: string | null;
};

/**
 * What speaks for more while a flag is open, and why what is restricted is broken: the second is asked also where nothing
 * is changed, while an exercise in force waits for it.
 */
export function useReasons({ program, list, exerciseOf, refusal }: Edited) {
  const { id: programId, patientId } = program.program;
  const isRaised = raisedLineages(currentOf(program)?.prescriptions ?? [], list).length > 0;
  const raise = useRaiseReason({ patientId, isRaised, refusal });
  const restricted = useRestrictionReason({
    ...{ patientId, isPublishing: true, refusal, find: (one) => one.programId === programId },
    next: () => list.flatMap((one) => workOf(one, exerciseOf(one.exerciseVersionId))),
  });
  return {
    ...{ raise, restricted },
    /** What goes with the publishing; false, and a field says so, where one is missing. */
    answer() {
      const raised = raise.answer();
      const broken = raised && restricted.answer();
      return raised && broken ? { ...raised, ...broken } : false;
    },
  };
}
