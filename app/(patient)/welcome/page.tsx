import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PhoneLink } from '#components/form/phone-link';
import { pageCaller, requirePatient } from '../../_server/caller';
import { ConsentForm } from './consent-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('consent'))('title') };
}

export default async function WelcomePage() {
  await requirePatient();
  const { asked, clinic, kept } = await (await pageCaller()).patients.consentNeeded();
  if (!asked) redirect('/today');
  const t = await getTranslations('consent');
  return (
    <div className="grid gap-5 pt-2">
      <h1 className="page-title">{t('title')}</h1>
      <p>{t('lead')}</p>
      <ul className="grid gap-3">
        <li className="card p-4">{t('telehealth')}</li>
        <li className="card p-4">{t('liveVideo')}</li>
        <li className="card grid gap-2 p-4">
          <span>{t('media')}</span>
          <span>{t('kindLead.stills', { days: kept.stills ?? 0 })}</span>
          <span>{t('kindLead.clips', { days: kept.clips ?? 0 })}</span>
        </li>
      </ul>
      <p className="state care whitespace-normal">
        {t.rich('emergency', {
          number: clinic.emergencyNumber,
          tel: (chunks) => <PhoneLink phone={clinic.emergencyNumber}>{chunks}</PhoneLink>,
        })}
      </p>
      <ConsentForm phone={clinic.phone} />
    </div>
  );
}
