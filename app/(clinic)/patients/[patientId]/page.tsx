import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { PatientRecord } from './record';

export default async function PatientPage({ params }: PageProps<'/patients/[patientId]'>) {
  await requireStaff();
  const { patientId } = await params;
  if (!idSchema.safeParse(patientId).success) notFound();
  await found(
    prefetch((trpc, load, loadPages) => [
      load(trpc.patients.get.queryOptions({ patientId })),
      load(trpc.visits.ofPatient.queryOptions({ patientId })),
      load(trpc.programs.ofPatient.queryOptions({ patientId })),
      load(trpc.checkIns.ofPatient.queryOptions({ patientId })),
      load(trpc.logs.trends.queryOptions({ patientId, days: 56 })),
      loadPages(
        trpc.logs.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: (last) => last.nextCursor }),
      ),
      load(trpc.flags.open.queryOptions({ patientId })),
      load(trpc.staff.list.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <PatientRecord patientId={patientId} />
    </Hydrate>
  );
}
