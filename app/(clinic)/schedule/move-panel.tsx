'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTRPC } from '#client/api/trpc';
import { useWhen, useWhenIn } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { VisitTime } from '#components/visit/visit-time';
import { MINUTE_MS } from '#domain/time/duration';
import { isPastStart } from '#domain/visit/lifecycle';
import type { Aim, Moving, Outcome } from './use-moving';
import { type GridVisit, takenBy, type WeekData } from './use-week';

/** What hinders a visit at a time, in words; what is known of the patient's other visits comes from the record. */
export function useHindrance(aim: Aim | null, at: number | null, week: WeekData) {
  const t = useTranslations('schedule.move');
  const when = useWhen(null);
  const trpc = useTRPC();
  const visit = aim?.visit;
  const length = visit?.durationMinutes ?? 30;
  const isAsked = aim?.step === 'asking' && at !== null;
  const { data } = useQuery(
    trpc.visits.overlaps.queryOptions(
      { patientId: visit?.patientId ?? '', startsAt: at, durationMinutes: length },
      { enabled: isAsked, staleTime: 0 },
    ),
  );
  if (!visit || at === null) return null;
  if (isPastStart(at, deviceNow())) return { words: t('past'), isTaken: true };
  const here = takenBy(week.visits, { id: visit.id, startsAt: at, durationMinutes: length });
  if (here) return { words: t('taken', { name: here.patientName, when: when(here.startsAt, 'time') }), isTaken: true };
  const other = isAsked ? data?.overlaps.find(({ id }) => id !== visit.id) : undefined;
  if (other) return { words: t('takenElse', { when: when(other.startsAt, 'time') }), isTaken: true };
  if (!week.isBookable(at, at + length * MINUTE_MS)) return { words: t('outside'), isTaken: false };
  return { words: t('free'), isTaken: false };
}

type Hindrance = ReturnType<typeof useHindrance>;

/** Said aloud at each step: the time that is aimed at, and whether it is free. */
export function AimSaid({ at, hindrance }: { at: number | null; hindrance: Hindrance }) {
  const when = useWhen(null);
  const t = useTranslations('schedule.move');
  return (
    <p className="vh" role="status" aria-label={t('said')}>
      {at === null ? '' : `${when(at)}. ${hindrance?.words ?? ''}`}
    </p>
  );
}

/** From when to when, in both zones: by arrows on the grid, or typed here; nothing is moved before "Move visit". */
export function MovePanel({ moving, hindrance }: { moving: Moving; hindrance: Hindrance }) {
  const t = useTranslations('schedule.move');
  const { aim, at } = moving;
  const save = useRef<HTMLButtonElement>(null);
  const step = aim?.step;
  useEffect(() => {
    if (step === 'asking') save.current?.focus();
  }, [step]);
  if (!aim) return null;
  const { visit, typed } = aim;
  const isSame = at === visit.startsAt;
  return (
    <section
      className="move-panel card @container"
      aria-labelledby="move-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') moving.giveBack();
      }}
    >
      <h2 id="move-title" className="section-title">
        {t('title', { name: visit.patientName })}
      </h2>
      <FromTo visit={visit} at={at} />
      <div className="grid gap-3">
        <VisitTime
          typed={typed}
          onChange={moving.type}
          patient={{ name: visit.patientName, timeZone: visit.patientTimeZone }}
          problem={null}
          isOtherSaid
        />
      </div>
      {hindrance && !isSame ? <Said hindrance={hindrance} /> : null}
      <Buttons moving={moving} save={save} isPossible={at !== null && !isSame && !hindrance?.isTaken} />
    </section>
  );
}

function Said({ hindrance: { words, isTaken } }: { hindrance: NonNullable<Hindrance> }) {
  return (
    <p className={`flex items-start gap-2 ${isTaken ? 'problem' : ''}`}>
      {isTaken ? (
        <TriangleAlert size={19} aria-hidden="true" />
      ) : (
        <CircleCheck size={19} aria-hidden="true" className="text-good" />
      )}
      {words}
    </p>
  );
}

type ButtonsProps = { moving: Moving; save: RefObject<HTMLButtonElement | null>; isPossible: boolean };

function Buttons({ moving, save, isPossible }: ButtonsProps) {
  const t = useTranslations('schedule.move');
  return (
    <div className="flex flex-wrap gap-3">
      <button
        ref={save}
        type="button"
        className="btn primary min-h-12 flex-auto"
        aria-disabled={!isPossible}
        aria-busy={moving.isBusy}
        onClick={() => {
          if (isPossible) moving.save();
        }}
      >
        {t(moving.isBusy ? 'saving' : 'save')}
      </button>
      <button type="button" className="btn quiet min-h-12" onClick={moving.giveBack}>
        {t('keep')}
      </button>
    </div>
  );
}

function FromTo({ visit, at }: { visit: GridVisit; at: number | null }) {
  const t = useTranslations('schedule.move');
  const p = useTranslations('schedule.page');
  const when = useWhenIn();
  const { patientTimeZone: zone, patientName: name } = visit;
  const line = (moment: number) => {
    const theirs = when(zone)(moment, 'weekday');
    const isOther = theirs !== when(null)(moment, 'weekday');
    return (
      <>
        <strong>{when(null)(moment)}</strong>
        {isOther ? <span className="muted block">{p('patientReads', { name, when: theirs })}</span> : null}
      </>
    );
  };
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      <dt className="muted">{t('from')}</dt>
      <dd>{line(visit.startsAt)}</dd>
      <dt className="muted">{t('to')}</dt>
      <dd>{at === null || at === visit.startsAt ? t('choose') : line(at)}</dd>
    </dl>
  );
}

/** What became of the last move, with the way back. */
export function MoveOutcome({ outcome, moving }: { outcome: Outcome | null; moving: Moving }) {
  const t = useTranslations('schedule.move');
  const when = useWhen(null);
  if (!outcome) return null;
  const { visit } = outcome;
  if (outcome.kind === 'stays') {
    return (
      <div className="card grid gap-2 p-4">
        <p className="font-bold">{t('stays', { name: visit.patientName, when: when(visit.startsAt) })}</p>
        <Problem reason={outcome.reason} />
      </div>
    );
  }
  return (
    <div className="card flex flex-wrap items-center gap-3 p-4">
      <p role="status" className="min-w-[min(100%,12rem)] grow font-bold">
        {t('moved', { name: visit.patientName, when: when(outcome.at) })}
      </p>
      <button type="button" className="btn quiet min-h-12" onClick={moving.undo} aria-busy={moving.isBusy}>
        {t('undo')}
      </button>
    </div>
  );
}
