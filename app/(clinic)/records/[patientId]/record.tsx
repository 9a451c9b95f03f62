'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { EndLogin } from '#components/people/end-login';
import { PasswordLink } from '#components/people/password-link';
import { isolated } from '#domain/input/isolated';
import { LoginState } from '../records';
import { EraseRecord } from './erase';
import { ExportRecord } from './export';
import { LegalHold } from './hold';

type RecordData = Outputs['records']['get'];

/** One record as its keeper sees it: login and legal hold. Nothing clinical. */
export function KeptRecord({ patientId }: { patientId: string }) {
  const t = useTranslations('records');
  const trpc = useTRPC();
  const when = useWhen(null);
  const { data: record } = useSuspenseQuery(trpc.records.get.queryOptions({ patientId }));
  return (
    <main className="mx-auto grid w-full max-w-[1000px] grid-cols-1 content-start gap-6 px-4 py-6 md:px-8">
      <title>{`${isolated(record.name)} · Regrasp`}</title>
      <div className="grid gap-2">
        <Link className="btn quiet min-h-12 w-fit" href="/records" prefetch={false}>
          {t('back')}
        </Link>
        <h1 className="page-title">{record.name}</h1>
      </div>
      <section className="grid gap-3" aria-labelledby="login">
        <h2 id="login" className="section-title">
          {t('login')}
        </h2>
        <div className="card grid justify-items-start gap-3 p-4">
          <LoginState email={record.email} joined={record.joined} loginEndedAt={record.loginEndedAt} />
          {record.addressRefusedAt === null ? null : (
            <p className="state care whitespace-normal">
              {t('addressRefused', { date: when(record.addressRefusedAt, 'date') })}
            </p>
          )}
          {record.joined ? <Login record={record} /> : null}
        </div>
      </section>
      <LegalHold record={record} />
      <ExportRecord patientId={patientId} />
      <EraseRecord record={record} />
    </main>
  );
}

function Login({ record: { patientId, name, loginEndedAt } }: { record: RecordData }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const making = useMutation(trpc.passwordLinks.ofAnyPatient.mutationOptions());
  const ending = useMutation(trpc.records.endLogin.mutationOptions(after));
  const giving = useMutation(trpc.records.giveLoginBack.mutationOptions(after));
  return (
    <>
      {loginEndedAt === null ? <PasswordLink name={name} making={making} of={{ patientId }} /> : null}
      <EndLogin patientId={patientId} name={name} endedAt={loginEndedAt} ending={ending} giving={giving} />
    </>
  );
}
