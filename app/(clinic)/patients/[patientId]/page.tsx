import { notFound } from 'next/navigation';
import { placeAfterCheckIns } from '#client/check-in/place-after';
import { placeAfterFlags } from '#client/practice/place-after';
import { placeAfterVisits } from '#client/visit/place-after';
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
      loadPages(trpc.visits.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterVisits })),
      load(trpc.programs.ofPatient.queryOptions({ patientId })),
      loadPages(trpc.checkIns.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterCheckIns })),
      load(trpc.logs.trends.queryOptions({ patientId, days: 56 })),
      loadPages(
        trpc.logs.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: (last) => last.nextCursor }),
      ),
      loadPages(trpc.flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags })),
      load(trpc.restrictions.pinned.queryOptions({ patientId })),
      load(trpc.flags.caution.queryOptions({ patientId })),
      load(trpc.staff.list.queryOptions()),
    ]),
  );
  return (
    <Hydrate>
      <PatientRecord patientId={patientId} />
    </Hydrate>
  );
}
