import type { PinnedWork } from '#components/record/use-pinned';
import type { PrescriptionInput } from '#domain/program/draft';
import { exerciseCategorySchema } from '#domain/program/exercise';

type Exercise = {
  slug: string | null;
  category: string;
  muscleGroup: readonly string[];
  equipment: readonly string[];
  texts: { name: string };
};

/** A prescription that is being edited, as the rules about restrictions take it; none where its exercise is not known. */
export function workOf(one: PrescriptionInput, exercise: Exercise | undefined): PinnedWork[] {
  const category = exerciseCategorySchema.safeParse(exercise?.category);
  if (!exercise || !category.success) return [];
  const { slug, muscleGroup, equipment, texts } = exercise;
  const facts = { slug, category: category.data, muscleGroup: [...muscleGroup], equipment: [...equipment] };
  return [{ ...one, name: texts.name, exercise: facts }];
}
