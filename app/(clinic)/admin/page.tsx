import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { AuditTrail } from './audit-trail';
import { ClinicForm } from './clinic-form';
import { PatientLogins } from './patient-logins';
import { Staff } from './staff';
import { WithoutTeam } from './without-team';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const { userId } = await requireStaff();
  await found(
    prefetch((trpc, load) => [
      load(trpc.staff.list.queryOptions()),
      load(trpc.staff.invites.queryOptions()),
      load(trpc.patients.withoutTeam.queryOptions()),
      load(trpc.clinic.get.queryOptions()),
      load(trpc.passwordLinks.patients.queryOptions()),
    ]),
  );
  const t = await getTranslations('admin');
  return (
    <Hydrate>
      <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-8 px-4 py-6 md:px-8">
        <h1 className="page-title">{t('title')}</h1>
        <Staff ownUserId={userId} />
        <WithoutTeam />
        <ClinicForm />
        <PatientLogins />
        <AuditTrail />
      </main>
    </Hydrate>
  );
}
