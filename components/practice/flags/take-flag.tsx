'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import type { Flag, When } from './flag-line';

type TakeFlagProps = { flag: Flag; patientId: string; mayTake: boolean; when: When };

/** Who was told when, and the one press that says that somebody has it: reading the flag says nothing. */
export function TakeFlag({ flag: { id: flagId, escalation, saidAt, raisedAt }, ...props }: TakeFlagProps) {
  const { patientId, mayTake, when } = props;
  const t = useTranslations('flags.escalation');
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries();
  const take = useMutation(
    useTRPC().flags.take.mutationOptions({ onSuccess: readAgain, onError: () => void readAgain() }),
  );
  const takeOnce = useOneAtATime(take);
  if (!escalation) return null;
  const { told, nextAt, taken } = escalation;
  return (
    <div className="grid gap-2">
      {taken === null && mayTake ? (
        <>
          <button
            type="button"
            className="btn primary min-h-12 w-fit"
            aria-label={t('takeNamed', { when: when(saidAt ?? raisedAt) })}
            aria-busy={take.isPending}
            onClick={() => takeOnce({ patientId, flagId })}
          >
            {t('take')}
          </button>
          <p className="small muted">{t('takeHint')}</p>
        </>
      ) : null}
      <Problem reason={take.error ? problemOf(take.error).reason : null} />
      <ul className="small grid gap-0.5" aria-label={t('told')}>
        {told.map(({ name, step, at }) => (
          <li key={`${step} ${name} ${at}`}>{t(`toldBy.${step}`, { name, when: when(at) })}</li>
        ))}
      </ul>
      {taken === null && nextAt !== null ? (
        <p className="small muted">{t('next', { when: when(nextAt, 'time') })}</p>
      ) : null}
    </div>
  );
}
