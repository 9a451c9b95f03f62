'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '#client/trpc';

export function Caseload() {
  const t = useTranslations('patients');
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.patients.roster.queryOptions());
  return (
    <main className="mx-auto grid w-full max-w-[1200px] content-start gap-5 px-4 py-6 md:px-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="page-title grow">{t('title')}</h1>
        <Link className="btn primary" href="/patients/new">
          {t('add')}
        </Link>
      </div>
      <ul className="card divide-y divide-line">
        {data.map((patient) => (
          <li key={patient.id} className="flex items-center gap-4 px-4 py-3">
            <strong className="grow">{patient.name}</strong>
            <Link className="btn quiet" href={`/patients/${patient.id}`} aria-label={`${t('open')} ${patient.name}`}>
              {t('open')}
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
