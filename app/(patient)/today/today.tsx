'use client';

import { useMutation } from '@tanstack/react-query';
import { OctagonAlert, Play } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useOfflinePages } from '#client/device/offline-pages';
import { useSay } from '#client/device/say';
import { type Day, useDay } from '#client/practice/day-pack';
import { useDigits, useNameOf } from '#client/program/use-name-of';
import { WeekStrip } from '#components/chart/week-strip';
import { HurtScreen } from '#components/practice/hurt-screen';
import { LogSheet } from '#components/practice/log-sheet';
import { NotOffered } from '#components/practice/not-offered';
import { StopCard } from '#components/practice/stop-card';
import { Pose } from '#components/program/pose';
import { ScheduleText, useMinuteOfDay } from '#components/program/schedule-text';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { HeldStop } from '#domain/practice/said';
import { stopOn } from '#domain/practice/stop';
import { estimateSeconds } from '#domain/program/dose';
import { doseSentence } from '#domain/program/dose-words';
import { type Due, dayState, dueNow, plannedOn } from '#domain/program/schedule';
import { addDays, localDay, localMinutes } from '#domain/time/local-day';
import { MorningCheck } from './morning-check';

type Planned = { prescription: PackPrescription; due: Due; stop: HeldStop | null };
const OF_THE_HAND = { place: 'today', subjectId: null, lineageId: null } as const;

/** One card for each thing that was said; what stops everything stands first. */
function shownStops(stops: readonly HeldStop[]): HeldStop[] {
  const first = [...stops].sort((a, b) =>
    a.severity === b.severity ? a.saidAt - b.saidAt : a.severity === 'urgent' ? -1 : 1,
  );
  return first.filter(({ sourceId }, index) => first.findIndex((one) => one.sourceId === sourceId) === index);
}

type Logging = Planned & { firstState: 'done' | 'partial' };

function scheduled(day: Day) {
  return day.pack.prescriptions.map((one) => ({ ...one, schedule: one.dose.schedule }));
}

function planOf(day: Day, nowMs: number): Planned[] {
  const { timeZone } = day.pack.patient;
  const dues = dueNow({ prescriptions: scheduled(day), logsOfToday: day.logs, nowMs, timeZone });
  return day.pack.prescriptions.flatMap((prescription, index) => {
    const due = dues[index];
    return due ? [{ prescription, due, stop: stopOn(prescription.lineageId, day.stops) }] : [];
  });
}

export function Today({ userId }: { userId: string }) {
  const t = useTranslations('today');
  const s = useTranslations('stop');
  const { day, empty } = useDay(userId);
  /** When "It hurts" was pressed: each press is a saying of its own. */
  const [hurting, setHurting] = useState<number | null>(null);
  const [logging, setLogging] = useState<Logging | null>(null);
  const nameOf = useNameOf();
  const stoppedName = ({ lineageId }: HeldStop) => {
    const prescription = day?.pack.prescriptions.find((one) => one.lineageId === lineageId);
    return prescription ? nameOf(prescription) : null;
  };
  useOfflinePages(userId, day?.pack.prescriptions.map((one) => one.lineageId) ?? null);
  if (!day) return <p role="status">{empty ? t('offline') : t('loading')}</p>;
  const nowMs = Date.now();
  const plan = planOf(day, nowMs);
  const next = plan.find(({ due, stop }) => due.state === 'due' && stop === null) ?? null;
  const today = localDay(nowMs, day.pack.patient.timeZone);
  return (
    <div className="two-columns pt-1">
      <div>
        <Greeting day={day} plan={plan} nowMs={nowMs} />
        <MorningCheck day={day} today={today} />
        {shownStops(day.stops).map((stop) => (
          <StopCard key={stop.sourceId} stop={stop} exercise={stoppedName(stop)} day={day} />
        ))}
        {next ? <NextBlock next={next} onDone={() => setLogging({ ...next, firstState: 'done' })} /> : null}
        <Notes day={day} />
      </div>
      <div>
        {plan.length > 0 ? <ProgramList plan={plan} onLog={setLogging} /> : <p>{t('noProgram')}</p>}
        {hurting === null ? (
          <button type="button" className="btn stop xl mt-4 w-full" onClick={() => setHurting(Date.now())}>
            <OctagonAlert aria-hidden="true" /> {s('itHurts')}
          </button>
        ) : null}
      </div>
      {hurting === null ? null : (
        <HurtScreen
          key={hurting}
          day={day}
          where={OF_THE_HAND}
          what={null}
          onDone={() => setHurting(null)}
          onSlip={() => setHurting(null)}
        />
      )}
      {logging ? (
        <LogSheet
          day={day}
          prescription={logging.prescription}
          slot={logging.due.nextSlot?.slot ?? null}
          source="quick"
          firstState={logging.firstState}
          onClose={() => setLogging(null)}
        />
      ) : null}
    </div>
  );
}

function Greeting({ day, plan, nowMs }: { day: Day; plan: readonly Planned[]; nowMs: number }) {
  const t = useTranslations('today');
  const format = useFormatter();
  const { name, timeZone } = day.pack.patient;
  const hour = Math.floor(localMinutes(nowMs, timeZone) / 60);
  const today = localDay(nowMs, timeZone);
  const total = plan.reduce((sum, { due }) => sum + due.slotsTotal, 0);
  const partly = plan.reduce((sum, { due }) => sum + due.slotsPartial, 0);
  const done = plan.reduce((sum, { due }) => sum + due.slotsDone, 0) - partly;
  const skipped = plan.reduce((sum, { due }) => sum + due.slotsSkipped, 0);
  const others = useOthers()({ partly, skipped });
  const seconds = plan.reduce(
    (sum, { prescription, due, stop }) =>
      sum +
      (stop === null && (due.state === 'due' || due.state === 'later')
        ? estimateSeconds(prescription.dose) * Math.max(0, due.slotsTotal - due.slotsDone - due.slotsSkipped)
        : 0),
    0,
  );
  const week = Array.from({ length: 7 }, (_, index) => {
    const date = addDays(today, index - 6);
    return {
      day: date,
      state: dayState({ day: date, today, planned: plannedOn(scheduled(day), date), logs: day.logs }),
    };
  });
  return (
    <div className="grid gap-3">
      <div>
        <h1 className="page-title">
          {t('hello', {
            part: hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening',
            name: name.split(' ')[0] ?? name,
          })}
        </h1>
        <p className="muted">
          {total === 0
            ? plan.length > 0
              ? t('restDay')
              : ''
            : done >= total
              ? t('allDone')
              : done + partly + skipped >= total
                ? t('allLogged')
                : t('progress', { done, total, minutes: Math.ceil(seconds / 60) })}
        </p>
        {others.length > 0 ? <p className="muted">{others.join(', ')}</p> : null}
      </div>
      {plan.length > 0 ? <WeekStrip days={week} /> : null}
      {day.offline ? (
        <p role="status" className="state care whitespace-normal">
          {t('stale', {
            when: format.dateTime(day.pack.madeAt, { weekday: 'long', hour: 'numeric', minute: '2-digit', timeZone }),
          })}
        </p>
      ) : null}
    </div>
  );
}

/** What was logged and is not "done", in words: it is neither hidden nor counted as more than it was. */
function useOthers(): (counts: { partly: number; skipped: number }) => string[] {
  const t = useTranslations('today');
  return ({ partly, skipped }) => [
    ...(partly > 0 ? [t('countPartly', { count: partly })] : []),
    ...(skipped > 0 ? [t('countSkipped', { count: skipped })] : []),
  ];
}

/** The one dark block: the next exercise, its dose in a sentence, and two ways to do it. */
function NextBlock({ next, onDone }: { next: Planned; onDone(): void }) {
  const t = useTranslations('today');
  const say = useSay();
  const nameOf = useNameOf();
  const digitsOf = useDigits();
  const { prescription, due } = next;
  const name = nameOf(prescription);
  return (
    <section className="next-block grid gap-3 p-5" aria-label={t('next')}>
      <p className="font-bold text-citron">
        {t('next')}{' '}
        {due.slotsTotal > 1 && due.nextSlot ? t('ofToday', { slot: due.nextSlot.slot, total: due.slotsTotal }) : ''}
      </p>
      <div className="flex items-start gap-3">
        <div className="grow">
          <h2 className="text-[1.75rem] font-extrabold">{prescription.text.name}</h2>
          <p>{say(doseSentence(prescription.dose))}</p>
          <p>{[t('hand', { side: prescription.side }), digitsOf(prescription.digits)].filter(Boolean).join('. ')}</p>
        </div>
        <Pose id={`next-${prescription.id}`} frames={prescription.pose.slice(0, 1)} size={104} />
      </div>
      {prescription.notePatient ? <p className="note">{prescription.notePatient}</p> : null}
      <div className="grid gap-2.5 sm:grid-cols-[1fr_1.4fr]">
        <Link
          className="btn primary xl"
          href={`/practice/${prescription.lineageId}`}
          prefetch={false}
          aria-label={t('startNamed', { name })}
        >
          <Play aria-hidden="true" /> {t('start')}
        </Link>
        <button type="button" className="btn quiet xl" aria-label={t('doneNamed', { name })} onClick={onDone}>
          {t('done')}
        </button>
      </div>
    </section>
  );
}

function Notes({ day }: { day: Day }) {
  const t = useTranslations('today');
  const format = useFormatter();
  const { pack } = day;
  return (
    <>
      {newsOf(pack.notices).map((notice) => (
        <News key={notice.id} notice={notice} clinic={pack.clinic.name} />
      ))}
      {pack.visits.map((visit) => (
        <Link
          key={visit.id}
          className="card flex min-h-14 items-center gap-3 px-4 py-3 no-underline"
          href={`/visit/${visit.id}`}
          prefetch={false}
        >
          <strong className="grow">{t('visitSoon', { name: visit.clinicianName })}</strong>
          <span>
            {t('visitAt', {
              time: format.dateTime(visit.startsAt, {
                hour: 'numeric',
                minute: '2-digit',
                timeZone: pack.patient.timeZone,
              }),
            })}
          </span>
        </Link>
      ))}
    </>
  );
}

type Notice = Day['pack']['notices'][number];

/** One line for each thing, however often it changed since the last look. */
function newsOf(notices: readonly Notice[]): Notice[] {
  return notices.filter(({ subjectId }, index) => notices.findIndex((one) => one.subjectId === subjectId) === index);
}

/** An answer is read where it leads to; a changed program stands below already, so saying "seen" is enough. */
function News({ notice, clinic }: { notice: Notice; clinic: string }) {
  const t = useTranslations('today');
  const trpc = useTRPC();
  const seen = useMutation(trpc.notices.markRead.mutationOptions());
  if (notice.kind === 'review_published') {
    return (
      <Link className="note no-underline" href={`/check-ins/${notice.subjectId}`} prefetch={false}>
        <strong>{t('review_published')}</strong>
      </Link>
    );
  }
  if (seen.isSuccess) return null;
  return (
    <div className="note flex flex-wrap items-center gap-3">
      <strong className="min-w-48 grow">{t('program_changed', { clinic })}</strong>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={seen.isPending}
        onClick={() => seen.mutate({ subjectId: notice.subjectId })}
      >
        {t('seen')}
      </button>
    </div>
  );
}

function ProgramList({ plan, onLog }: { plan: readonly Planned[]; onLog(logging: Logging): void }) {
  const t = useTranslations('today');
  return (
    <ol className="grid gap-2" aria-label={t('list')}>
      {plan.map((planned) => (
        <ProgramRow
          key={planned.prescription.lineageId}
          planned={planned}
          onLog={(firstState) => onLog({ ...planned, firstState })}
        />
      ))}
    </ol>
  );
}

function ProgramRow({ planned, onLog }: { planned: Planned; onLog(firstState: Logging['firstState']): void }) {
  const t = useTranslations('today');
  const s = useTranslations('stop');
  const say = useSay();
  const nameOf = useNameOf();
  const timeOf = useMinuteOfDay();
  const { prescription, due, stop } = planned;
  const name = nameOf(prescription);
  const others = useOthers()({ partly: due.slotsPartial, skipped: due.slotsSkipped });
  const counted = t('doneCount', { done: due.slotsDone - due.slotsPartial, total: due.slotsTotal });
  const words = due.state === 'rest_day' ? t('resting') : [counted, ...others].join(', ');
  return (
    <li className="card flex flex-wrap items-center gap-3 p-3">
      <Pose id={`row-${prescription.id}`} frames={prescription.pose.slice(0, 1)} size={48} />
      <span className="min-w-0 grow">
        <strong className="block leading-tight">{name}</strong>
        <span className="muted block">{say(doseSentence(prescription.dose))}</span>
        <span className="muted block">
          <ScheduleText schedule={prescription.dose.schedule} />
        </span>
        {stop ? (
          <span className="block font-bold text-stop">
            {stop.pain === null ? s('row.stopped') : s('row.stoppedAt', { pain: stop.pain })}
          </span>
        ) : null}
        {due.state === 'later' && due.nextSlot?.dueMinute != null ? (
          <span className="block">{t('later', { time: timeOf(due.nextSlot.dueMinute) })}</span>
        ) : null}
        <span className={due.state === 'done' && others.length === 0 ? 'state good' : 'muted'}>{words}</span>
      </span>
      {stop ? <NotOffered stop={stop} name={name} /> : null}
      {due.state === 'due' && stop === null ? (
        <span className="grid w-full grid-cols-[auto_minmax(0,1fr)] gap-2">
          <Link
            className="btn quiet min-h-12 px-3"
            href={`/practice/${prescription.lineageId}`}
            prefetch={false}
            aria-label={t('startNamed', { name })}
          >
            {t('start')}
          </Link>
          <button
            type="button"
            className="btn plain min-h-12"
            aria-label={t('doneNamed', { name })}
            onClick={() => onLog('done')}
          >
            {t('done')}
          </button>
          <button
            type="button"
            className="btn plain col-span-2 min-h-12"
            aria-label={t('partlyNamed', { name })}
            onClick={() => onLog('partial')}
          >
            {t('partly')}
          </button>
        </span>
      ) : null}
    </li>
  );
}
