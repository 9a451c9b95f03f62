'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField } from '#components/form/field';

/** Patients whom nobody treats for good: they would be on nobody's list. An admin gives each to somebody. */
export function WithoutTeam() {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const { data: patients } = useSuspenseQuery(trpc.patients.withoutTeam.queryOptions());
  if (patients.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-3" aria-labelledby="without-team">
      <h2 id="without-team" className="section-title">
        {t('withoutTeam')}
      </h2>
      <p className="muted">{t('withoutTeamLead')}</p>
      <ul className="card divide-y divide-line" aria-labelledby="without-team">
        {patients.map(({ patientId, name }) => (
          <GiveTeam key={patientId} patientId={patientId} name={name} />
        ))}
      </ul>
    </section>
  );
}

function GiveTeam({ patientId, name }: { patientId: string; name: string }) {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: staff } = useSuspenseQuery(trpc.staff.list.queryOptions());
  const give = useMutation(
    trpc.patients.giveTeam.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  return (
    <li className="px-4 py-3">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const membershipId = String(new FormData(event.currentTarget).get('membershipId'));
          give.mutate({ patientId, membershipId });
        }}
      >
        <strong className="min-w-[min(100%,10rem)] grow self-center">{name}</strong>
        <SelectField label={t('treatedBy', { name })} name="membershipId">
          {staff
            .filter((person) => person.role === 'clinician')
            .map((person) => (
              <option key={person.membershipId} value={person.membershipId}>
                {person.name}
              </option>
            ))}
        </SelectField>
        <button type="submit" className="btn quiet min-h-12" aria-busy={give.isPending}>
          {t('give', { name })}
        </button>
        <Problem reason={give.error ? problemOf(give.error).reason : null} />
      </form>
    </li>
  );
}
