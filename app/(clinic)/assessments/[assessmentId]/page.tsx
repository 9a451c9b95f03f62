import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { AssessmentPage } from './assessment';

export default async function Page({ params }: PageProps<'/assessments/[assessmentId]'>) {
  await requireStaff();
  const { assessmentId } = await params;
  if (!idSchema.safeParse(assessmentId).success) notFound();
  await found(
    prefetch((trpc, load) => [
      load(trpc.assessments.get.queryOptions({ assessmentId })).then(({ patientId, assessment: { episodeId } }) =>
        Promise.all([
          load(trpc.record.measures.queryOptions({ patientId })),
          load(trpc.record.testFacts.queryOptions({ patientId, episodeId })),
          load(trpc.restrictions.pinned.queryOptions({ patientId })),
        ]),
      ),
      load(trpc.account.units.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <AssessmentPage assessmentId={assessmentId} />
    </Hydrate>
  );
}
