import { useTranslations } from '#client/device/words/translations';
import type { LogSet } from '#domain/practice/log';

/** "24 repetitions in 2 sets"; holds alone, where none was a whole repetition. */
export function useCountedWords(): (sets: readonly LogSet[]) => string {
  const t = useTranslations('counted');
  return (sets) => {
    const reps = sets.reduce((sum, set) => sum + (set.reps ?? 0), 0);
    if (reps > 0) return t('reps', { reps, sets: sets.length });
    const held = sets.flatMap((set) => set.holdSeconds ?? []).reduce((sum, seconds) => sum + seconds, 0);
    return held > 0 ? t('held', { seconds: Math.floor(held) }) : t('nothing');
  };
}
