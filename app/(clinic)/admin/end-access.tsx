'use client';

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField } from '#components/form/field';

/** Stable, so that React calls it once: when the question takes the button's place. */
const focus = (element: HTMLElement | null) => element?.focus();

/** Ends somebody's access in a second step, which names whom they treat and asks who takes over. */
export function EndAccess({ membershipId, name }: { membershipId: string; name: string }) {
  const t = useTranslations('admin');
  const [asking, setAsking] = useState(false);
  if (asking) return <HandOver membershipId={membershipId} name={name} onKeep={() => setAsking(false)} />;
  return (
    <button type="button" className="btn quiet min-h-12 max-w-full whitespace-normal" onClick={() => setAsking(true)}>
      {t('end', { name })}
    </button>
  );
}

/** Their logins end at once, everywhere. */
function HandOver({ membershipId, name, onKeep }: { membershipId: string; name: string; onKeep(): void }) {
  const t = useTranslations('admin');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: staff } = useSuspenseQuery(trpc.staff.list.queryOptions());
  const end = useMutation(trpc.staff.end.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  // Whose access has ended treats nobody: it is not asked any more.
  const isKnown = end.isIdle || end.isError;
  const { data: treated } = useQuery(trpc.staff.patientsOf.queryOptions({ membershipId }, { enabled: isKnown }));
  const successors = staff.filter((person) => person.role === 'clinician' && person.membershipId !== membershipId);
  return (
    <form
      className="grid basis-full gap-3"
      aria-label={t('end', { name })}
      onSubmit={(event) => {
        event.preventDefault();
        const successorId = new FormData(event.currentTarget).get('successorId');
        end.mutate({ membershipId, successorId: typeof successorId === 'string' ? successorId : null });
      }}
    >
      {treated && treated.count > 0 ? (
        <>
          <p ref={focus} tabIndex={-1}>
            {t('treats', { name, count: treated.count })}
          </p>
          <ul className="list-disc ps-6">
            {treated.patients.map((patient) => (
              <li key={patient.careTeamId}>{patient.name}</li>
            ))}
          </ul>
          {treated.count > treated.patients.length ? (
            <p>{t('treatsMore', { count: treated.count - treated.patients.length })}</p>
          ) : null}
          {successors.length > 0 ? (
            <SelectField label={t('successor')} name="successorId">
              {successors.map((person) => (
                <option key={person.membershipId} value={person.membershipId}>
                  {person.name}
                </option>
              ))}
            </SelectField>
          ) : (
            <p className="font-semibold">{t('noSuccessor')}</p>
          )}
        </>
      ) : null}
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
      <span className="flex flex-wrap gap-2">
        <button
          type="submit"
          ref={treated?.count === 0 ? focus : null}
          className="btn stop min-h-12"
          aria-busy={end.isPending || !treated}
          disabled={!treated || (treated.count > 0 && successors.length === 0)}
        >
          {t('endNow', { name })}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={onKeep}>
          {t('keep', { name })}
        </button>
      </span>
    </form>
  );
}
