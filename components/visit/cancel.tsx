'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarX } from 'lucide-react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useHasCome } from '#client/device/clock/use-clock-turn';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useSecondStep } from '#client/device/second-step';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

type Cancelled = { id: string; startsAt: number; patientName: string; seriesId?: string | null };

/** Takes a planned visit off the calendar, asked once; after its time it can be said that the patient did not come. */
export function CancelVisit({ visit }: { visit: Cancelled }) {
  const t = useTranslations('schedule.page.cancel');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { asked, ask, keep, first, keepButton } = useSecondStep();
  const cancel = useMutation(trpc.visits.cancel.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const cancelOnce = useOneAtATime(cancel);
  const name = visit.patientName;
  const hasBegun = useHasCome(visit.startsAt);
  if (!asked) {
    return (
      <button ref={first} type="button" className="btn plain min-h-12" aria-label={t('named', { name })} onClick={ask}>
        <CalendarX aria-hidden="true" /> {t('label')}
      </button>
    );
  }
  return (
    <fieldset className="grid w-full gap-3 border-t border-line pt-3">
      <legend className="vh">{t('named', { name })}</legend>
      <p role="alert" className="font-bold">
        {t(visit.seriesId ? 'questionSeries' : 'question', { name })}
      </p>
      <Problem reason={cancel.error ? problemOf(cancel.error).reason : null} />
      <div className="flex flex-wrap gap-3" aria-busy={cancel.isPending}>
        <button ref={keepButton} type="button" className="btn quiet min-h-12" onClick={keep}>
          {t('keep')}
        </button>
        {(['no_show', 'cancelled'] as const).map((state) =>
          state === 'no_show' && !hasBegun ? null : (
            <button
              key={state}
              type="button"
              className={`btn min-h-12 ${state === 'cancelled' ? 'stop' : 'quiet'}`}
              onClick={() => cancelOnce({ visitId: visit.id, state })}
            >
              {t(state === 'cancelled' && visit.seriesId ? 'onlyThis' : state)}
            </button>
          ),
        )}
        {visit.seriesId ? (
          <button
            type="button"
            className="btn stop min-h-12"
            onClick={() => cancelOnce({ visitId: visit.id, state: 'cancelled', following: true })}
          >
            {t('following')}
          </button>
        ) : null}
      </div>
    </fieldset>
  );
}
