'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Siren } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextArea, TextField } from '#components/form/field';
import { reasonOf } from '#domain/people/typed';

/** Breaking the glass: says what follows from it, asks why, and for the password again. */
export function AskEmergency({ patientId, name }: { patientId: string; name: string }) {
  const t = useTranslations('emergency');
  const router = useRouter();
  const [missing, setMissing] = useState<'reason' | 'password' | null>(null);
  const open = useMutation(
    useTRPC().emergency.open.mutationOptions({ onSuccess: () => router.push(`/patients/${patientId}`) }),
  );

  function submit(form: HTMLFormElement) {
    const data = new FormData(form);
    const reason = reasonOf(String(data.get('emergencyReason') ?? ''));
    const password = String(data.get('emergencyPassword') ?? '');
    setMissing(reason === null ? 'reason' : password === '' ? 'password' : null);
    if (reason === null || password === '' || open.isPending || open.isSuccess) return;
    open.mutate({ patientId, reason, password });
  }
  return (
    <form
      className="grid grid-cols-1 gap-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <p className="max-w-prose">{t('lead')}</p>
      <TextArea
        label={t('reason')}
        name="emergencyReason"
        hint={t('reasonHint')}
        rows={2}
        maxLength={500}
        problem={missing === 'reason' ? t('reasonShort') : null}
      />
      <TextField
        label={t('password')}
        name="emergencyPassword"
        type="password"
        autoComplete="current-password"
        maxLength={256}
        problem={missing === 'password' ? t('passwordNeeded') : null}
      />
      <Problem reason={open.error ? problemOf(open.error).reason : null} />
      <button
        type="submit"
        className="btn primary min-h-12 w-fit max-w-full whitespace-normal"
        aria-busy={open.isPending || open.isSuccess}
      >
        {t('open', { name })}
      </button>
    </form>
  );
}

/** The way back to records that are open by an emergency access. */
export function RunningEmergencies() {
  const t = useTranslations('emergency');
  const { data: running = [] } = useQuery(useTRPC().emergency.running.queryOptions());
  const when = useWhen(null);
  if (running.length === 0) return null;
  return (
    <ul className="card divide-y divide-line border-stop" aria-label={t('running')}>
      {running.map(({ patientId, name, toAt }) => (
        <li key={patientId} className="flex flex-wrap items-center gap-3 px-4 py-3">
          <Siren size={22} className="text-stop" aria-hidden="true" />
          <span className="min-w-[min(100%,10rem)] grow">
            {t('runningUntil', {
              name,
              until: when(toAt, 'time'),
            })}
          </span>
          <Link className="btn quiet min-h-12" href={`/patients/${patientId}`} prefetch={false}>
            {t('goTo', { name })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
