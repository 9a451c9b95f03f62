import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { idSchema } from '#domain/input/fields';
import { mayInClinic } from '#domain/people/access';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { ExerciseDemo } from './demo';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('demo'))('title') };
}

export default async function ExercisePage({ params }: PageProps<'/exercises/[exerciseId]'>) {
  const { userId, roles } = await requireStaff();
  const { exerciseId } = await params;
  if (!idSchema.safeParse(exerciseId).success || !mayInClinic('exercise.set_demo', roles)) notFound();
  await found(prefetch((trpc, load) => [load(trpc.exercises.get.queryOptions({ exerciseId }))]));
  return (
    <Hydrate>
      <ExerciseDemo userId={userId} exerciseId={exerciseId} />
    </Hydrate>
  );
}
