import { useTranslations } from '#client/device/words/translations';
import type { CueNow } from '#client/visit/use-cue-now';

/** What to do now, and which repetition it is. */
export function CueWords({ now: { cue, moment } }: { now: CueNow }) {
  const t = useTranslations('visit.cue');
  if (!cue || !moment) return null;
  const phase = t(`phase.${moment.phase}`);
  if (cue.pattern.kind === 'rest') return phase;
  const { repetition } = moment;
  return (
    <>
      <span className="cue-phase">{phase}</span>{' '}
      <span className="cue-reps">{t('repOf', { repetition, repetitions: cue.pattern.repetitions })}</span>
    </>
  );
}
