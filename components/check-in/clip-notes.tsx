import type { Outputs } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { CLIP_SECONDS_MAX, minutesOf } from '#domain/check-in/clip-note';

type Clip = Pick<Outputs['checkIns']['get']['media'][number], 'notes' | 'durationMs' | 'filmedMs'>;

/** In words what of the filmed clip is not in this one; nothing where it is as filmed. */
export function ClipNotes({ clip, reader }: { clip: Clip; reader: 'patient' | 'clinician' }) {
  const t = useTranslations('clipNotes');
  if (clip.notes.length === 0) return null;
  const filmed = clip.filmedMs === null ? null : minutesOf(clip.filmedMs / 1000);
  const kept = minutesOf((clip.durationMs ?? 0) / 1000);
  const lengths = {
    limit: CLIP_SECONDS_MAX / 60,
    isKnown: String(filmed !== null),
    filmedMinutes: filmed?.minutes ?? 0,
    filmedSeconds: filmed?.seconds ?? 0,
    keptMinutes: kept.minutes,
    keptSeconds: kept.seconds,
  };
  return (
    <ul className="note grid list-disc gap-1 ps-8" aria-label={t('label')}>
      {clip.notes.map((note) => (
        <li key={note}>{t(note, { ...lengths, reader })}</li>
      ))}
    </ul>
  );
}
