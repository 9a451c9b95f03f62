import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireStaff } from '../../../_server/caller';
import { AddPatientForm } from './add-patient-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('patients'))('addTitle') };
}

export default async function NewPatientPage() {
  await requireStaff();
  const t = await getTranslations('patients');
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[760px] content-start gap-5 px-4 py-6 md:px-8">
      <h1 className="page-title">{t('addTitle')}</h1>
      <AddPatientForm timeZones={Intl.supportedValuesOf('timeZone')} />
    </main>
  );
}
