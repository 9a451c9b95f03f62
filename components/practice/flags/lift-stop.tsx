'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';

type LiftProps = { stopId: string; patientId: string; onCancel(): void };

/** Asks why practice may go on, and lets it. */
export function LiftStop({ stopId, patientId, onCancel }: LiftProps) {
  const t = useTranslations('flags');
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const readAgain = () => queryClient.invalidateQueries();
  const lift = useMutation(
    useTRPC().flags.liftStop.mutationOptions({ onSuccess: readAgain, onError: () => void readAgain() }),
  );
  const liftOnce = useOneAtATime(lift);
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setMissing(true);
        else liftOnce({ patientId, stopId, reason });
      }}
    >
      <TextField
        label={t('liftReason')}
        maxLength={500}
        autoFocus
        value={reason}
        problem={isMissing ? t('sayWhy') : null}
        onChange={(event) => {
          setReason(event.target.value);
          setMissing(false);
        }}
      />
      <Problem reason={lift.error ? problemOf(lift.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn quiet min-h-12" aria-busy={lift.isPending}>
          {t('lift')}
        </button>
        <button type="button" className="btn plain min-h-12" onClick={onCancel}>
          {t('leaveStopped')}
        </button>
      </div>
    </form>
  );
}
