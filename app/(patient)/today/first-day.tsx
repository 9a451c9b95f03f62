import { Video } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from '#client/device/words/translations';

/** Before there is a program: what happens next, and what can be done meanwhile. */
export function FirstDay({ clinicName }: { clinicName: string }) {
  const t = useTranslations('firstDay');
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="first-day">
      <h2 id="first-day" className="section-title">
        {t('title')}
      </h2>
      <p>{t('noProgram')}</p>
      <ol className="grid list-decimal gap-1 ps-6">
        <li>{t('makes', { clinic: clinicName })}</li>
        <li>{t('told')}</li>
        <li>{t('begin')}</li>
      </ol>
      <h3 className="font-bold">{t('now')}</h3>
      <Link className="btn primary xl" href="/check-ins/new" prefetch={false}>
        <Video aria-hidden="true" /> {t('clip')}
      </Link>
      <p>{t('clipLead')}</p>
    </section>
  );
}
