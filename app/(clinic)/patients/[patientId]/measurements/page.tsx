import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../../_server/caller';
import { found } from '../../../../_server/found';
import { Hydrate, prefetch } from '../../../../_server/hydrate';
import { Measurements } from './measurements';

export default async function MeasurementsPage({ params }: PageProps<'/patients/[patientId]/measurements'>) {
  await requireStaff();
  const { patientId } = await params;
  if (!idSchema.safeParse(patientId).success) notFound();
  await found(
    prefetch((trpc, load) => [
      load(trpc.patients.get.queryOptions({ patientId })),
      load(trpc.record.measures.queryOptions({ patientId })),
      load(trpc.record.testFacts.queryOptions({ patientId, episodeId: null })),
      load(trpc.programs.ofPatient.queryOptions({ patientId })),
      load(trpc.assessments.ofPatient.queryOptions({ patientId })),
      load(trpc.account.units.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <Measurements patientId={patientId} />
    </Hydrate>
  );
}
