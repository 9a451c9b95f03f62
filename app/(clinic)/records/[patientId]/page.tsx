import { notFound } from 'next/navigation';
import { idSchema } from '#domain/input/fields';
import { requireStaff } from '../../../_server/caller';
import { found } from '../../../_server/found';
import { Hydrate, prefetch } from '../../../_server/hydrate';
import { KeptRecord } from './record';

export default async function RecordPage({ params }: PageProps<'/records/[patientId]'>) {
  await requireStaff();
  const { patientId } = await params;
  if (!idSchema.safeParse(patientId).success) notFound();
  await found(prefetch((trpc, load) => [load(trpc.records.get.queryOptions({ patientId }))]));
  return (
    <Hydrate>
      <KeptRecord patientId={patientId} />
    </Hydrate>
  );
}
