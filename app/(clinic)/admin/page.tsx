import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../_server/caller';
import { found } from '../../_server/found';
import { Hydrate, prefetch } from '../../_server/hydrate';
import { AlarmWordsForm } from './alarm-words-form';
import { AppointmentsForm } from './appointments-form';
import { AuditTrail } from './audit-trail';
import { BarriersForm } from './barriers-form';
import { ClinicForm } from './clinic-form';
import { Delivery } from './delivery';
import { Emergencies } from './emergencies';
import { HoursForm } from './hours-form';
import { KeepingForm } from './keeping-form';
import { LastBackup } from './last-backup';
import { PushForm } from './push-form';
import { Staff } from './staff';
import { VisitsForm } from './visits-form';
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
      load(trpc.backups.last.queryOptions()),
      load(trpc.contact.delivery.queryOptions()),
      load(trpc.emergency.unreviewed.queryOptions()),
    ]),
  );
  const t = await getTranslations('admin');
  const r = await getTranslations('records');
  return (
    <Hydrate>
      <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-8 px-4 py-6 md:px-8">
        <h1 className="page-title">{t('title')}</h1>
        <Emergencies />
        <Staff ownUserId={userId} />
        <WithoutTeam />
        <ClinicForm />
        <HoursForm />
        <AlarmWordsForm />
        <BarriersForm />
        <AppointmentsForm />
        <VisitsForm />
        <KeepingForm />
        <section className="grid grid-cols-1 justify-items-start gap-3" aria-labelledby="records">
          <h2 id="records" className="section-title">
            {r('title')}
          </h2>
          <p className="max-w-prose">{r('lead')}</p>
          <Link className="btn quiet min-h-12 max-w-full whitespace-normal" href="/records" prefetch={false}>
            {r('open')}
          </Link>
        </section>
        <Delivery />
        <PushForm />
        <LastBackup />
        <AuditTrail />
      </main>
    </Hydrate>
  );
}
