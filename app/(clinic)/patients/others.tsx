'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { Problem, TextField } from '#components/form/field';

const SHOWN_MAX = 20;

/** Patients of colleagues by name alone; who covers for one joins the care team, which the audit trail shows. */
export function OtherPatients({ own }: { own: ReadonlySet<string> }) {
  const t = useTranslations('careTeam');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const { data: roster = [] } = useQuery({ ...trpc.patients.roster.queryOptions(), enabled: open });
  const join = useMutation(
    trpc.patients.joinCareTeam.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const found = roster.filter(
    ({ id, name }) => !own.has(id) && name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  );
  return (
    <details className="card px-4 py-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer py-1 font-bold">{t('others')}</summary>
      <div className="mt-3 grid gap-3">
        <p className="muted">{t('othersLead')}</p>
        <TextField
          label={t('search')}
          type="search"
          value={search}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
        <ul className="divide-y divide-line">
          {found.slice(0, SHOWN_MAX).map(({ id, name }) => (
            <li key={id} className="flex flex-wrap items-center gap-3 py-2">
              <span className="grow">{name}</span>
              <button
                type="button"
                className="btn quiet"
                aria-label={t('joinNamed', { name })}
                aria-busy={join.isPending}
                onClick={() => join.mutate({ patientId: id })}
              >
                {t('join')}
              </button>
            </li>
          ))}
        </ul>
        {found.length > SHOWN_MAX ? <p className="muted">{t('more', { count: found.length - SHOWN_MAX })}</p> : null}
        {found.length === 0 ? <p className="muted">{t('nobody')}</p> : null}
        <Problem reason={join.error ? problemOf(join.error).reason : null} />
      </div>
    </details>
  );
}
