'use client';

import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '#client/api/trpc';
import { PasswordLink } from '#components/people/password-link';

/** The patients who sign in, and the way back in for one who forgot the password. */
export function PatientLogins() {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const { data: patients } = useSuspenseQuery(trpc.passwordLinks.patients.queryOptions());
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="logins">
      <h2 id="logins" className="section-title">
        {t('logins')}
      </h2>
      {patients.length === 0 ? <p className="muted">{t('noLogins')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {patients.map(({ patientId, name, email }) => (
          <li key={patientId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="min-w-56 grow">
              <strong className="block">{name}</strong>
              <span className="muted small">{email}</span>
            </span>
            <PatientPassword patientId={patientId} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PatientPassword({ patientId, name }: { patientId: string; name: string }) {
  const trpc = useTRPC();
  const making = useMutation(trpc.passwordLinks.ofAnyPatient.mutationOptions());
  return <PasswordLink name={name} making={making} of={{ patientId }} />;
}
