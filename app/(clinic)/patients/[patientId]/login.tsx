'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { EndLogin } from '#components/people/end-login';
import { InviteLink } from '#components/people/invite-link';
import { PasswordLink } from '#components/people/password-link';

/** Whether the person can sign in, and the link that helps them to. */
export function PatientLogin({
  patient,
  pending,
}: {
  patient: { id: string; name: string; joined: boolean; loginEndedAt: number | null };
  pending: boolean;
}) {
  const t = useTranslations('patients.record');
  return (
    <section className="card grid gap-3 p-4">
      <p>{patient.loginEndedAt !== null ? t('loginEnded') : t(patient.joined ? 'joined' : 'notJoined')}</p>
      {patient.joined && patient.loginEndedAt === null ? (
        <NewPassword patientId={patient.id} name={patient.name} />
      ) : null}
      {patient.joined ? (
        <Ending patientId={patient.id} name={patient.name} endedAt={patient.loginEndedAt} />
      ) : (
        <InvitePatient patientId={patient.id} name={patient.name} pending={pending} />
      )}
    </section>
  );
}

function NewPassword({ patientId, name }: { patientId: string; name: string }) {
  const trpc = useTRPC();
  const making = useMutation(trpc.passwordLinks.ofPatient.mutationOptions());
  return <PasswordLink name={name} making={making} of={{ patientId }} />;
}

function Ending({ patientId, name, endedAt }: { patientId: string; name: string; endedAt: number | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const ending = useMutation(trpc.patients.endLogin.mutationOptions(after));
  const giving = useMutation(trpc.patients.giveLoginBack.mutationOptions(after));
  return <EndLogin patientId={patientId} name={name} endedAt={endedAt} ending={ending} giving={giving} />;
}

function InvitePatient({ patientId, name, pending }: { patientId: string; name: string; pending: boolean }) {
  const t = useTranslations('patients.record');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries();
  const invite = useMutation(trpc.patients.invite.mutationOptions({ onSuccess: readAgain }));
  const withdraw = useMutation(
    trpc.patients.withdrawInvite.mutationOptions({
      onSuccess: () => {
        invite.reset();
        return readAgain();
      },
    }),
  );
  const inviteOnce = useOneAtATime(invite);
  const problem = invite.error ?? withdraw.error;
  return (
    <>
      <button
        type="button"
        className="btn primary"
        aria-busy={invite.isPending}
        onClick={() => inviteOnce({ patientId })}
      >
        {pending || invite.data ? t('inviteAgain', { name }) : t('invite', { name })}
      </button>
      <Problem reason={problem ? problemOf(problem).reason : null} />
      {invite.data ? <InviteLink {...invite.data} name={name} /> : null}
      {pending ? (
        <button
          type="button"
          className="btn quiet"
          aria-busy={withdraw.isPending}
          onClick={() => withdraw.mutate({ patientId })}
        >
          {t('withdraw', { name })}
        </button>
      ) : null}
      <p role="status" className="vh">
        {withdraw.isSuccess && !pending ? t('withdrawn') : ''}
      </p>
    </>
  );
}
