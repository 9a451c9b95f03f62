'use client';

import { ChevronDown, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FlagForm, type May } from './flag-form';
import { type Flag, FlagAnswer, FlagNotes, FlagStops, useExerciseName, useHeadline } from './flag-words';

type OpenFlagProps = {
  flag: Flag;
  patientId: string;
  /** Null while it is not known what one may do. */
  may: May | null;
  when(at: number): string;
  startsOpen: boolean;
  isGone: boolean;
  onTyped(isTyped: boolean): void;
};

/** One open flag: folded, one line that says how grave it is and what was said; open, all of it and what to do. */
export function OpenFlag({ flag, patientId, may, when, startsOpen, isGone, onTyped }: OpenFlagProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  return (
    <li className={`card min-w-0 border-stop ${isOpen ? 'basis-full' : ''}`}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex min-h-12 cursor-pointer list-none items-center gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
          <FlagLine flag={flag} when={when} />
          <ChevronDown size={18} className={`ms-auto ${isOpen ? 'rotate-180' : ''}`} aria-hidden="true" />
        </summary>
        <div className="grid gap-3 px-4 pb-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:gap-6">
          <div className="grid content-start gap-3">
            <FlagAnswer flag={flag} when={when} />
            <FlagStops flag={flag} when={when} />
            <FlagNotes notes={flag.notes} when={when} />
          </div>
          {may?.note ? (
            <FlagForm
              flag={flag}
              may={may}
              patientId={patientId}
              when={when(flag.saidAt ?? flag.raisedAt)}
              isGone={isGone}
              onTyped={onTyped}
            />
          ) : null}
        </div>
      </details>
    </li>
  );
}

function FlagLine({ flag, when }: Pick<OpenFlagProps, 'flag' | 'when'>) {
  const t = useTranslations('flags');
  const headline = useHeadline();
  const nameOf = useExerciseName();
  const { severity, exercise, notes, saidAt, raisedAt } = flag;
  const held = flag.stops.filter(({ liftedAt }) => liftedAt === null);
  const stopped = held.some(({ lineageId }) => lineageId === null)
    ? t('allStopped')
    : held.length > 0
      ? t('someStopped', { count: held.length })
      : null;
  const Icon = severity === 'amber' ? TriangleAlert : OctagonAlert;
  const more = [exercise ? nameOf(exercise) : null, stopped, when(saidAt ?? raisedAt)].filter((one) => one !== null);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className={`state whitespace-normal ${severity === 'amber' ? 'care' : 'stop'}`}>
        <Icon size={20} aria-hidden="true" />
        {t('line', { severity, said: headline(flag) })}
      </span>
      <span className="muted small">
        {more.join(' · ')}
        {notes.length > 0 ? ` · ${t('noted', { count: notes.length })}` : ''}
      </span>
    </span>
  );
}
