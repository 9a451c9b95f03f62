'use client';

import { OctagonAlert, Pause, Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useCueSound } from '#client/cue-sound';
import { usePaintClock } from '#client/use-paint-clock';
import { useWakeLock } from '#client/use-wake-lock';
import type { PackPrescription } from '#domain/day-pack';
import { advanceRun, type PracticeRun, pauseRun, type RunMoment, resumeRun, runAt, runCue } from '#domain/practice-run';

type PlayerProps = {
  prescription: PackPrescription;
  run: PracticeRun;
  onRun(run: PracticeRun): void;
  onFinish(): void;
  /** The hand that works: pause and "It hurts" lie on its side. */
  side: 'left' | 'right';
};

/** Counts by tempo, since the other hand holds or rests. It starts, counts, rests and ends by itself. */
export function Player({ prescription, run, onRun, onFinish, side }: PlayerProps) {
  const t = useTranslations('player');
  const { dose } = prescription;
  const nowMs = usePaintClock(true);
  const [sound, setSound] = useState(true);
  const moment = runAt(run, dose, nowMs);
  useWakeLock(true);
  useCueSound(moment.kind === 'moving' ? runCue(run, dose) : null, sound);
  useEffect(() => {
    const next = advanceRun(run, dose, nowMs);
    if (next !== run) onRun(next);
    if (moment.kind === 'finished') onFinish();
  });
  const paused = moment.kind === 'paused';
  return (
    <div
      className="stage fixed inset-0 z-30 grid grid-rows-[auto_1fr_auto] bg-stage p-4 text-on-stage"
      data-density="patient"
    >
      <header className="flex items-center gap-3">
        <h1 className="grow text-[1.25rem] font-bold">{prescription.text.name}</h1>
        <button type="button" className="btn quiet" aria-pressed={sound} onClick={() => setSound(!sound)}>
          {t('sound')}
        </button>
      </header>
      <Count moment={moment} prescription={prescription} run={run} />
      <div className={`grid grid-cols-2 gap-3 ${side === 'left' ? '[direction:rtl]' : ''}`}>
        <button type="button" className="btn stop min-h-24" onClick={onFinish}>
          <OctagonAlert aria-hidden="true" /> {t('hurts')}
        </button>
        <button
          type="button"
          className="btn primary min-h-24"
          onClick={() => onRun(paused ? resumeRun(run, Date.now()) : pauseRun(run, dose, Date.now()))}
        >
          {paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />} {t(paused ? 'goOn' : 'pause')}
        </button>
        <button type="button" className="btn quiet col-span-2" onClick={onFinish}>
          <Square aria-hidden="true" /> {t('stop')}
        </button>
      </div>
    </div>
  );
}

function Count({ moment, prescription, run }: { moment: RunMoment; prescription: PackPrescription; run: PracticeRun }) {
  const t = useTranslations('player');
  const { dose } = prescription;
  const set = Math.min(run.done.length + 1, dose.sets);
  return (
    <div className="grid content-center justify-items-center gap-4 text-center" role="timer" aria-live="off">
      <p className="text-[2rem] font-bold">{wordOf(moment, t, set)}</p>
      <p className="text-[7.25rem] font-extrabold leading-none tracking-tighter tabular-nums">{digitOf(moment)}</p>
      {moment.kind === 'moving' && moment.moment.phase === 'hold' ? (
        <p className="text-on-stage-2">{t('breathe')}</p>
      ) : null}
      <p className="text-[1.25rem]">
        {moment.kind === 'moving' ? t('of', { rep: moment.rep, total: dose.repsMin }) : ''}{' '}
        {dose.sets > 1 ? t('set', { set, sets: dose.sets }) : ''}
      </p>
    </div>
  );
}

function digitOf(moment: RunMoment): string {
  if (moment.kind === 'resting') return String(moment.secondsLeft);
  return moment.kind === 'moving' && moment.moment.countdown !== null ? String(moment.moment.countdown) : '';
}

function wordOf(moment: RunMoment, t: ReturnType<typeof useTranslations<'player'>>, set: number): string {
  if (moment.kind === 'resting') return t('restNow', { set });
  if (moment.kind === 'paused') return t('paused');
  if (moment.kind === 'finished') return t('finished');
  return t(`phase.${moment.moment.phase}`);
}
