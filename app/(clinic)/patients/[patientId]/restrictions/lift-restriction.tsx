'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';

type LiftProps = { patientId: string; restrictionId: string; onLifted(): void; onCancel(): void };

/** Asks why it is lifted, and lifts it. */
export function LiftRestriction({ patientId, restrictionId, onLifted, onCancel }: LiftProps) {
  const t = useTranslations('restrictions');
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const lift = useMutation(
    useTRPC().restrictions.lift.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        onLifted();
      },
    }),
  );
  const liftOnce = useOneAtATime(lift);
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setMissing(true);
        else liftOnce({ patientId, restrictionId, reason });
      }}
    >
      <TextField
        label={t('liftWhy')}
        maxLength={500}
        autoFocus
        value={reason}
        problem={isMissing ? t('missing.reason') : null}
        onChange={(event) => {
          setReason(event.target.value);
          setMissing(false);
        }}
      />
      <Problem reason={lift.error ? problemOf(lift.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={lift.isPending}>
          {t('confirmLift')}
        </button>
        <button type="button" className="btn plain min-h-12" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
