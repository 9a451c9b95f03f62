'use client';

import { RotateCcw, Square, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { useCueSound } from '#client/visit/cue-sound';
import { useCueNow } from '#client/visit/use-cue-now';
import type { VisitTools } from '#client/visit/use-tools';
import { CueWords } from './cue-words';

/** The count on the patient's side: the digit large, what to do in one word, and a way to stop it. */
export function CueCount({ tools }: { tools: VisitTools }) {
  const t = useTranslations('visit.cue');
  const now = useCueNow(tools);
  const [sound, setSound] = useState(true);
  useCueSound(now.local, sound);
  const { cue, moment, running } = now;
  if (!cue || !moment) return null;
  return (
    <section
      className="pointer-events-auto flex items-center gap-2 rounded-3xl bg-[rgb(11_8_20/0.92)] p-3"
      aria-label={t('label')}
    >
      <p aria-hidden="true" className="min-w-16 text-center text-[3.5rem] font-extrabold leading-none tabular-nums">
        {moment.countdown ?? '✓'}
      </p>
      <p className="cue-words min-w-0 grow" role="status">
        <CueWords now={now} />
      </p>
      <button
        type="button"
        className="tool large max-w-16"
        aria-pressed={!sound}
        aria-label={t(sound ? 'soundOn' : 'soundOff')}
        onClick={() => setSound(!sound)}
      >
        {sound ? <Volume2 aria-hidden="true" /> : <VolumeX aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="tool large max-w-16"
        aria-label={t(running ? 'stop' : 'again')}
        onClick={() => (running ? tools.cues.stop() : tools.cues.again())}
      >
        {running ? <Square aria-hidden="true" /> : <RotateCcw aria-hidden="true" />}
      </button>
    </section>
  );
}
