'use client';

import { CalendarPlus, Move, X } from 'lucide-react';
import Link from 'next/link';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWhen, useWhenIn } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { CancelVisit } from '#components/visit/cancel';
import { ModeIcon } from '#components/visit/mode';
import { isOverdue } from '#domain/visit/lifecycle';
import type { GridVisit } from './use-week';

type PanelProps = {
  visit: GridVisit;
  typeName: string;
  nowMs: number;
  /** On which side of its block, and whether it grows upwards: where there is room. */
  isBefore: boolean;
  isUp: boolean;
  onClose(): void;
  onMove(): void;
  onAgain(): void;
};

/** What there is to know of one visit and to do with it; the page around it goes on. */
export function VisitPanel({ visit, typeName, nowMs, isBefore, isUp, onClose, onMove, onAgain }: PanelProps) {
  const t = useTranslations('schedule.visit');
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus({ preventScroll: true }), []);
  const { id, patientId, patientName: name } = visit;
  return (
    <section
      className="ev-panel card"
      aria-labelledby={`panel-${id}`}
      data-before={isBefore || undefined}
      data-up={isUp || undefined}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="flex items-start gap-2">
        <h3 id={`panel-${id}`} className="grow text-lg">
          <Link className="link" href={`/patients/${patientId}`} prefetch={false}>
            {name}
          </Link>
        </h3>
        <button ref={close} type="button" className="btn icon plain -me-2 -mt-2 min-h-12 w-12" onClick={onClose}>
          <X aria-hidden="true" size={20} />
          <span className="vh">{t('close')}</span>
        </button>
      </div>
      <Facts visit={visit} typeName={typeName} nowMs={nowMs} />
      <div className="flex flex-wrap items-center gap-2">
        <WayIn visit={visit} />
        {visit.state === 'scheduled' ? (
          <button type="button" className="btn quiet min-h-12" onClick={onMove}>
            <Move size={18} aria-hidden="true" /> {t('move')}
          </button>
        ) : null}
        {visit.state === 'no_show' || isOverdue(visit, nowMs) ? (
          <button type="button" className="btn quiet min-h-12" onClick={onAgain}>
            <CalendarPlus size={18} aria-hidden="true" /> {t('again')}
          </button>
        ) : null}
        {visit.state === 'scheduled' ? <CancelVisit visit={visit} /> : null}
      </div>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Facts({ visit, typeName, nowMs }: { visit: GridVisit; typeName: string; nowMs: number }) {
  const t = useTranslations('schedule.visit');
  const g = useTranslations('schedule.grid');
  const p = useTranslations('schedule.page');
  const when = useWhenIn();
  const { startsAt, durationMinutes: count, patientName: name, patientTimeZone, acceptedAt, mode } = visit;
  const own = when(null)(startsAt, 'weekday');
  const theirs = when(patientTimeZone)(startsAt, 'weekday');
  const state = p(`state.${isOverdue(visit, nowMs) ? 'overdue' : visit.state}`);
  return (
    <dl className="grid gap-1">
      <Fact term={t('when')}>
        {t('timeAndLength', { when: when(null)(startsAt), count })}
        {theirs === own ? null : <span className="muted block">{p('patientReads', { name, when: theirs })}</span>}
      </Fact>
      <Fact term={t('what')}>
        <span className="inline-flex items-center gap-1.5">
          <ModeIcon mode={mode} /> {t('typeAndMode', { type: typeName, mode: g(`mode.${mode}`) })}
        </span>
      </Fact>
      {visit.purpose ? <Fact term={t('purpose')}>{visit.purpose}</Fact> : null}
      {visit.interpreter ? <Fact term={t('interpreter')}>{visit.interpreter}</Fact> : null}
      {visit.helperWanted ? <Fact term={t('helper')}>{t('wanted')}</Fact> : null}
      <Fact term={t('state')}>
        {state}
        {visit.state === 'scheduled' ? `, ${acceptedAt === null ? t('notAnswered') : t('accepted', { name })}` : ''}
      </Fact>
      {visit.seriesId ? <Fact term={t('series')}>{t('ofSeries')}</Fact> : null}
      <Fact term={t('with')}>{visit.clinicianName}</Fact>
    </dl>
  );
}

/** Into the visit, or to its record; by phone and in the clinic there is no room, but a page. */
function WayIn({ visit: { id, state, mode, patientName: name, startsAt } }: { visit: GridVisit }) {
  const t = useTranslations('schedule.visit');
  const p = useTranslations('schedule.page');
  const v = useTranslations('visits');
  const when = useWhen(null);
  if (state === 'cancelled' || state === 'no_show') return null;
  return (
    <Link
      className={`btn min-h-12 ${state === 'ended' ? 'quiet' : 'primary'}`}
      href={`/visit/${id}`}
      prefetch={false}
      aria-label={state === 'ended' || mode !== 'video' ? undefined : p('join', { name })}
    >
      {state === 'ended' ? v('record', { date: when(startsAt, 'date') }) : t(mode === 'video' ? 'join' : 'open')}
    </Link>
  );
}
