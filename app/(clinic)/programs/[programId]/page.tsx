import { notFound } from 'next/navigation';
import { placeAfterFlags } from '#client/practice/place-after';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { ProgramEditor } from './editor';

export default async function ProgramPage({ params }: PageProps<'/programs/[programId]'>) {
  const { userId } = await requireStaff();
  const { programId } = await params;
  if (!idSchema.safeParse(programId).success) notFound();
  await found(
    prefetch((trpc, load, loadPages) => [
      load(trpc.programs.get.queryOptions({ programId })).then(({ program: { patientId } }) =>
        Promise.all([
          load(trpc.flags.caution.queryOptions({ patientId })),
          load(trpc.restrictions.pinned.queryOptions({ patientId })),
          loadPages(trpc.flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags })),
        ]),
      ),
      load(trpc.exercises.list.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <ProgramEditor programId={programId} userId={userId} />
    </Hydrate>
  );
}
