'use client';

import { Play, Square, Timer, Volume2, VolumeX, Waypoints } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import * as z from 'zod/mini';
import { useTabState } from '#client/device/use-tab-state';
import { useTranslations } from '#client/device/words/translations';
import { useCueSound } from '#client/visit/cue-sound';
import { type CueNow, useCueNow } from '#client/visit/use-cue-now';
import type { VisitTools } from '#client/visit/use-tools';
import { Stepper } from '#components/form/stepper';
import type { Dose } from '#domain/program/dose';
import { DEFAULT_BEATS_PER_MINUTE, holdTimerOf, metronomeOf } from '#domain/visit/cue-of-dose';
import { CueWords } from './cue-words';

const [BEATS_MIN, BEATS_MAX, HOLD_MAX] = [20, 180, 600];

type BarProps = { visitId: string; tools: VisitTools; dose: Dose | null; lineageId: string | null };

/** As the clinician set them; `seconds` null = as the dose says. */
const timersSchema = z.object({
  beatsPerMinute: z.int().check(z.gte(BEATS_MIN), z.lte(BEATS_MAX)),
  seconds: z.nullable(z.int().check(z.gte(1), z.lte(HOLD_MAX))),
});
const UNSET: z.infer<typeof timersSchema> = { beatsPerMinute: DEFAULT_BEATS_PER_MINUTE, seconds: null };

/** Metronome and hold timer under the picture, from the dose that is worked on; both sides see the same count. */
export function CueBar({ visitId, tools, dose, lineageId }: BarProps) {
  const t = useTranslations('visit.cue');
  const now = useCueNow(tools);
  const [timers, setTimers] = useTabState(`regrasp-timers-${visitId}`, timersSchema, UNSET);
  const { beatsPerMinute, seconds } = timers;
  const [sound, setSound] = useState(false);
  useCueSound(now.local, sound);
  const metronome = metronomeOf(dose, { beatsPerMinute, repetitions: null });
  const hold = holdTimerOf(dose, { holdSeconds: seconds, repetitions: null });
  const one = metronomeOf(dose, { beatsPerMinute: DEFAULT_BEATS_PER_MINUTE, repetitions: null });
  const tempo = { close: one.closeSeconds, hold: one.holdSeconds, open: one.openSeconds, bpm: beatsPerMinute };
  return (
    <section className="grid gap-3 md:grid-cols-2" aria-label={t('label')}>
      <CueCard
        kind="metronome"
        now={now}
        icon={<Waypoints aria-hidden="true" />}
        words={t('tempo', tempo)}
        onStart={() => tools.cues.start(metronome, lineageId)}
        onStop={() => tools.cues.stop()}
      >
        <Stepper
          label={t('bpm')}
          value={beatsPerMinute}
          min={BEATS_MIN}
          max={BEATS_MAX}
          step={5}
          onChange={(value) => setTimers({ ...timers, beatsPerMinute: value })}
        />
        <button type="button" className="btn quiet" aria-pressed={sound} onClick={() => setSound(!sound)}>
          {sound ? <Volume2 size={18} aria-hidden="true" /> : <VolumeX size={18} aria-hidden="true" />}
          {t(sound ? 'soundOn' : 'soundOff')}
        </button>
      </CueCard>
      <CueCard
        kind="hold"
        now={now}
        icon={<Timer aria-hidden="true" />}
        words={t('ofSeconds', { seconds: hold.holdSeconds })}
        onStart={() => tools.cues.start(hold, lineageId)}
        onStop={() => tools.cues.stop()}
      >
        <Stepper
          label={t('seconds')}
          unit="s"
          value={hold.holdSeconds}
          min={1}
          max={HOLD_MAX}
          onChange={(value) => setTimers({ ...timers, seconds: value })}
        />
      </CueCard>
    </section>
  );
}

type CardProps = {
  kind: 'metronome' | 'hold';
  now: CueNow;
  icon: ReactNode;
  words: string;
  onStart(): void;
  onStop(): void;
  children: ReactNode;
};

function CueCard({ kind, now, icon, words, onStart, onStop, children }: CardProps) {
  const t = useTranslations('visit.cue');
  const runs = now.running && now.cue?.pattern.kind === kind;
  const mine = now.cue?.pattern.kind === kind ? now : null;
  return (
    <div className="grid gap-2 rounded-2xl border-[1.5px] border-dark-line bg-dark-2 p-3">
      <div className="flex items-center gap-3">
        <span className="grid min-w-11 place-items-center text-[1.75rem] font-extrabold tabular-nums text-citron-300">
          {runs ? (mine?.moment?.countdown ?? icon) : icon}
        </span>
        <div className="min-w-0 grow">
          <h2 className="label">{t(kind)}</h2>
          <p className="small text-on-dark-2">{mine?.moment ? <CueWords now={mine} /> : words}</p>
        </div>
        <button
          type="button"
          className="btn quiet icon"
          aria-label={t(`${kind}${runs ? 'Stop' : 'Start'}`)}
          aria-pressed={runs}
          onClick={runs ? onStop : onStart}
        >
          {runs ? <Square size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
        </button>
      </div>
      <div className="flex flex-wrap items-end justify-between gap-2">{children}</div>
    </div>
  );
}
