'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextArea, TextField } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { AskEmergency } from './ask-emergency';

/** Patients of colleagues by name alone; who covers for one joins the care team, which the audit trail shows. */
export function OtherPatients() {
  const t = useTranslations('careTeam');
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const pages = useInfiniteQuery({
    ...trpc.patients.roster.infiniteQueryOptions(
      { search: search.trim() },
      { getNextPageParam: (last) => last.nextCursor, placeholderData: (before) => before },
    ),
    enabled: open,
  });
  const found = pages.data?.pages.flatMap((page) => page.patients) ?? [];
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
          {found.map(({ id, name }) => (
            <OtherPatient key={id} patientId={id} name={name} />
          ))}
        </ul>
        <MoreButton pages={pages} label={t('more')} />
        <p role="status" className="muted empty:hidden">
          {pages.data && found.length === 0 ? t('nobody') : ''}
        </p>
      </div>
    </details>
  );
}

/** Two ways in, each with a reason: for good, by joining the care team, or for an hour, in an emergency. */
function OtherPatient({ patientId, name }: { patientId: string; name: string }) {
  const t = useTranslations('careTeam');
  const e = useTranslations('emergency');
  const [asking, setAsking] = useState<'join' | 'emergency' | null>(null);
  const toggle = (way: 'join' | 'emergency') => setAsking(asking === way ? null : way);
  return (
    <li className="grid grid-cols-1 gap-2 py-2">
      <div className="flex flex-wrap items-center gap-3">
        <span className="grow">{name}</span>
        <button
          type="button"
          className="btn quiet"
          aria-label={t('joinNamed', { name })}
          aria-expanded={asking === 'join'}
          onClick={() => toggle('join')}
        >
          {t('join')}
        </button>
        <button
          type="button"
          className="btn quiet"
          aria-label={e('askNamed', { name })}
          aria-expanded={asking === 'emergency'}
          onClick={() => toggle('emergency')}
        >
          {e('ask')}
        </button>
      </div>
      {asking === 'join' ? <JoinCareTeam patientId={patientId} name={name} /> : null}
      {asking === 'emergency' ? <AskEmergency patientId={patientId} name={name} /> : null}
    </li>
  );
}

/** Joining asks why: whoever leads the care team is told, and the patient sees it. */
function JoinCareTeam({ patientId, name }: { patientId: string; name: string }) {
  const t = useTranslations('careTeam');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const join = useMutation(
    trpc.patients.joinCareTeam.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const problem = join.error ? problemOf(join.error) : null;
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        join.mutate({ patientId, reason: String(new FormData(event.currentTarget).get('reason')) });
      }}
    >
      <TextArea
        label={t('reason')}
        name="reason"
        hint={t('reasonHint')}
        rows={2}
        required
        minLength={10}
        maxLength={400}
        problem={problem && problem.fields.length > 0 ? t('reasonShort') : null}
      />
      <button type="submit" className="btn primary min-h-12 w-fit" aria-busy={join.isPending}>
        {t('joinWithReason', { name })}
      </button>
      {problem && problem.fields.length === 0 ? <Problem reason={problem.reason} /> : null}
    </form>
  );
}
