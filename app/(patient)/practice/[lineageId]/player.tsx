'use client';

import { OctagonAlert, Pause, Play, Square, Volume2, VolumeX } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { countingNow } from '#client/api/device-clock';
import { usePaintClock } from '#client/device/use-paint-clock';
import { useWakeLock } from '#client/device/use-wake-lock';
import { useTranslations } from '#client/device/words/translations';
import { useCueSound } from '#client/visit/cue-sound';
import { CountRing } from '#components/practice/count-ring';
import { MovingPose } from '#components/program/pose';
import type { PackPrescription } from '#domain/practice/day-pack';
import {
  hideRun,
  motionAt,
  type PracticeRun,
  pauseRun,
  type RunMoment,
  resumeRun,
  roundParts,
  runAt,
  runCue,
  tickRun,
} from '#domain/practice/run';
import type { Dose } from '#domain/program/dose';

type PlayerProps = {
  prescription: PackPrescription;
  run: PracticeRun;
  onRun(run: PracticeRun): void;
  onFinish(): void;
  /** Ends it, too, and says why. */
  onHurts(): void;
  /** The hand that works: pause and "It hurts" lie on its side. */
  side: 'left' | 'right';
};

/** Nobody follows a page that is hidden: a set pauses there and then, also when the browser is about to be killed. */
function usePauseWhenHidden(run: PracticeRun, dose: Dose, onRun: PlayerProps['onRun']) {
  const latest = useRef({ run, dose, onRun });
  useEffect(() => {
    latest.current = { run, dose, onRun };
  });
  useEffect(() => {
    const hide = () => {
      const now = latest.current;
      const hidden = hideRun(now.run, now.dose, countingNow());
      if (hidden !== now.run) now.onRun(hidden);
    };
    const hideIfHidden = () => {
      if (document.visibilityState === 'hidden') hide();
    };
    document.addEventListener('visibilitychange', hideIfHidden);
    window.addEventListener('pagehide', hide);
    return () => {
      document.removeEventListener('visibilitychange', hideIfHidden);
      window.removeEventListener('pagehide', hide);
    };
  }, []);
}

/** Counts by tempo, since the other hand holds or rests. It starts, counts, rests and ends by itself. */
export function Player({ prescription, run, onRun, onFinish, onHurts, side }: PlayerProps) {
  const t = useTranslations('player');
  const { dose } = prescription;
  const nowMs = usePaintClock(true);
  const [sound, setSound] = useState(true);
  const moment = runAt(run, dose, nowMs);
  useWakeLock(true);
  useCueSound(moment.kind === 'moving' ? runCue(run, dose) : null, sound);
  usePauseWhenHidden(run, dose, onRun);
  useEffect(() => {
    const next = tickRun(run, dose, nowMs);
    if (next !== run) onRun(next);
    if (moment.kind === 'finished') onFinish();
  });
  const paused = moment.kind === 'paused';
  const set = Math.min(run.done.length + 1, dose.sets);
  return (
    <div className="on-dark fills-screen fixed inset-0 z-30 bg-dark p-4 text-on-dark" data-density="patient">
      <div className="mx-auto grid h-full max-w-[600px] grid-rows-[auto_minmax(0,1fr)_auto] gap-3">
        <header className="flex items-center gap-3">
          <div className="grow">
            <h1 className="text-[1.25rem] font-bold">{prescription.text.name}</h1>
            {dose.sets > 1 ? <p className="text-on-dark-2">{t('set', { set, sets: dose.sets })}</p> : null}
          </div>
          <button type="button" className="btn quiet" aria-pressed={sound} onClick={() => setSound(!sound)}>
            {sound ? <Volume2 aria-hidden="true" /> : <VolumeX aria-hidden="true" />} {t('sound')}
          </button>
        </header>
        <Count moment={moment} prescription={prescription} run={run} set={set} />
        <div className="grid grid-cols-2 gap-3">
          <button type="button" className={`btn stop min-h-24 ${side === 'left' ? 'order-2' : ''}`} onClick={onHurts}>
            <OctagonAlert aria-hidden="true" /> {t('hurts')}
          </button>
          <button
            type="button"
            className={`btn primary min-h-24 ${side === 'left' ? 'order-1' : ''}`}
            onClick={() => onRun(paused ? resumeRun(run, countingNow()) : pauseRun(run, dose, countingNow()))}
          >
            {paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />} {t(paused ? 'goOn' : 'pause')}
          </button>
          <button type="button" className="btn quiet order-3 col-span-2" onClick={onFinish}>
            <Square aria-hidden="true" /> {t('stop')}
          </button>
        </div>
      </div>
    </div>
  );
}

type CountProps = { moment: RunMoment; prescription: PackPrescription; run: PracticeRun; set: number };

/** The hand that moves as one's own should, the count in its ring, and how many repetitions are done. */
function Count({ moment, prescription, run, set }: CountProps) {
  const t = useTranslations('player');
  const { dose, pose } = prescription;
  const { round, closed } = motionAt(moment, dose);
  const holding = moment.kind === 'moving' && moment.moment.phase === 'hold';
  const isPaused = moment.kind === 'paused';
  const isAway = isPaused && run.isAway === true;
  const { reps } = run.carried;
  return (
    <div className="grid min-h-0 grid-cols-1 content-center justify-items-center gap-3 overflow-y-auto text-center">
      <div className="grid justify-items-center gap-3" role="timer" aria-live="off">
        <div className="pose-moving">
          <MovingPose frames={pose} closed={closed} />
        </div>
        <CountRing parts={roundParts(dose)} round={round}>
          <p className="text-[1.5rem] font-bold leading-tight text-citron">{wordOf(moment, t, set)}</p>
          <p className="count-digit">{digitOf(moment)}</p>
          <p className="min-h-6 text-on-dark-2" aria-hidden={isAway}>
            {isAway ? t('away') : holding ? t('breathe') : ''}
          </p>
        </CountRing>
        {moment.kind === 'moving' ? (
          <Repetitions done={moment.rep - 1} isNow total={dose.repsMin}>
            {t('of', { rep: moment.rep, total: dose.repsMin })}
          </Repetitions>
        ) : null}
        {isPaused ? (
          <Repetitions done={reps} isNow={false} total={dose.repsMin}>
            {t('countedOf', { reps, total: dose.repsMin })}
          </Repetitions>
        ) : null}
      </div>
      <p role="status" className="vh">
        {isAway ? t('away') : ''}
      </p>
    </div>
  );
}

/** More of them than fit one line are a number alone. */
const DOTS_MAX = 20;

type RepetitionsProps = { done: number; isNow: boolean; total: number; children: ReactNode };

function Repetitions({ done, isNow, total, children }: RepetitionsProps) {
  return (
    <div className="grid justify-items-center gap-2">
      {total <= DOTS_MAX ? (
        <div className="rep-dots" aria-hidden="true">
          {Array.from({ length: total }, (_, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the nth repetition is the nth
            <span key={n} data-state={n < done ? 'done' : n === done && isNow ? 'now' : 'later'} />
          ))}
        </div>
      ) : null}
      <p className="text-[1.25rem] font-bold">{children}</p>
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
