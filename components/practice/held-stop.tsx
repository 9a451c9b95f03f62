'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { Problem, TextField } from '#components/form/field';
import { FlagNotes, useExerciseName, useHeadline } from './flag-words';

type Held = Outputs['flags']['caution']['held'][number];
type HeldProps = { stop: Held; patientId: string; mayLift: boolean; when(at: number): string };

/** What stayed stopped when its flag was closed: since when, why, what was done, and a way to let it go on. */
export function HeldStop({ stop, patientId, mayLift, when }: HeldProps) {
  const t = useTranslations('flags');
  const headline = useHeadline();
  const nameOf = useExerciseName();
  const { flag, notes, lineageId, exercise, saidAt } = stop;
  const what = lineageId === null ? t('everything') : exercise ? nameOf(exercise) : t('anExercise');
  const since = when(saidAt);
  return (
    <li className="card grid gap-2 border-stop px-4 py-3">
      <p className="state stop whitespace-normal">
        <Ban size={20} aria-hidden="true" />
        {t('stoppedSince', { what, when: since })}
      </p>
      <p className="wrap-anywhere">
        {headline(flag)}{' '}
        {flag.closedAt === null ? null : (
          <>
            <span className="muted small">
              {t('closedBy', { name: flag.closedByName ?? '', when: when(flag.closedAt) })}
            </span>{' '}
            {flag.resolution}
          </>
        )}
      </p>
      <FlagNotes notes={notes} when={when} />
      {mayLift ? (
        <LiftStop stopId={stop.id} patientId={patientId} named={t('liftNamed', { what, when: since })} />
      ) : null}
    </li>
  );
}

function LiftStop({ stopId, patientId, named }: { stopId: string; patientId: string; named: string }) {
  const t = useTranslations('flags');
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const readAgain = () => queryClient.invalidateQueries();
  const lift = useMutation(
    useTRPC().flags.liftStop.mutationOptions({ onSuccess: readAgain, onError: () => void readAgain() }),
  );
  const liftOnce = useOneAtATime(lift);
  if (!isAsking)
    return (
      <button
        type="button"
        className="btn quiet min-h-12 w-fit max-w-full whitespace-normal"
        aria-label={named}
        onClick={() => setAsking(true)}
      >
        {t('lift')}
      </button>
    );
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
        <button type="button" className="btn plain min-h-12" onClick={() => setAsking(false)}>
          {t('leaveStopped')}
        </button>
      </div>
    </form>
  );
}
