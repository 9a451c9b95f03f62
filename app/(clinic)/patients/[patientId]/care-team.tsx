'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField } from '#components/form/field';
import { careTeamPartSchema } from '#domain/people/patient';

type Member = Outputs['patients']['get']['careTeam'][number];
type CareTeamProps = { patientId: string; careTeam: readonly Member[] };

/** Who treats this patient and sees the record: colleagues are added and taken off here. */
export function CareTeam({ patientId, careTeam }: CareTeamProps) {
  const t = useTranslations('patients.record');
  const c = useTranslations('careTeam');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const end = useMutation(
    trpc.patients.endCareTeam.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const lasting = careTeam.filter(({ toAt }) => toAt === null).length;
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="team">
      <h2 id="team" className="section-title">
        {t('careTeam')}
      </h2>
      <ul className="grid gap-1">
        {careTeam.map((person) => (
          <li key={person.id} className="flex min-h-10 flex-wrap items-center gap-2">
            <span className="grow">{t('member', { name: person.name, part: t(`part.${person.part}`) })}</span>
            {person.toAt !== null || lasting > 1 ? (
              <button
                type="button"
                className="btn plain"
                aria-label={c('endNamed', { name: person.name })}
                aria-busy={end.isPending}
                onClick={() => end.mutate({ patientId, careTeamId: person.id })}
              >
                {c('end')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
      <AddColleague patientId={patientId} careTeam={careTeam} />
    </section>
  );
}

function AddColleague({ patientId, careTeam }: CareTeamProps) {
  const t = useTranslations('patients.record');
  const c = useTranslations('careTeam');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: staff } = useSuspenseQuery(trpc.staff.list.queryOptions());
  const add = useMutation(
    trpc.patients.addToCareTeam.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const onTeam = new Set(careTeam.map((person) => person.membershipId));
  const others = staff.filter((person) => person.role !== 'admin' && !onTeam.has(person.membershipId));
  if (others.length === 0) return null;
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const part = careTeamPartSchema.parse(form.get('part'));
        add.mutate({ patientId, membershipId: String(form.get('membershipId')), part });
      }}
    >
      <SelectField label={c('colleague')} name="membershipId">
        {others.map((person) => (
          <option key={person.membershipId} value={person.membershipId}>
            {person.name}
          </option>
        ))}
      </SelectField>
      <SelectField label={c('as')} name="part" defaultValue="member">
        {careTeamPartSchema.options.map((part) => (
          <option key={part} value={part}>
            {t(`part.${part}`)}
          </option>
        ))}
      </SelectField>
      <button type="submit" className="btn quiet col-span-2" aria-busy={add.isPending}>
        {c('add')}
      </button>
      <Problem reason={add.error ? problemOf(add.error).reason : null} />
    </form>
  );
}
