'use client';

import { Ban } from 'lucide-react';
import { useState } from 'react';
import type { Outputs } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { FlagNotes, useExerciseName, useHeadline, type When } from './flag-line';
import type { FlagWork } from './flag-work';

type Held = Outputs['flags']['caution']['held'][number];
type HeldProps = {
  stop: Held;
  patientId: string;
  mayLift: boolean;
  when: When;
  work: FlagWork | null;
  onUnfold?(): void;
};

/** What stayed stopped when its flag was closed: since when, why, what was done, and a way to let it go on. */
export function HeldStop({ stop, patientId, mayLift, when, work, onUnfold }: HeldProps) {
  const [isAsking, setAsking] = useState(false);
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
      {mayLift && !isAsking ? (
        <button
          type="button"
          className="btn quiet min-h-12 w-fit max-w-full whitespace-normal"
          aria-label={t('liftNamed', { what, when: since })}
          onClick={() => {
            setAsking(true);
            onUnfold?.();
          }}
        >
          {t('lift')}
        </button>
      ) : null}
      {mayLift && isAsking && work ? (
        <work.LiftStop stopId={stop.id} patientId={patientId} onCancel={() => setAsking(false)} />
      ) : null}
    </li>
  );
}
