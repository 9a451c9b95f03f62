import { useTranslations } from '#client/device/words/translations';
import type { ShownClip } from '#client/review/use-shown-clip';

/** Plays the copy for weak lines, where the clip has one. */
export function LighterPicture({ shown }: { shown: ShownClip }) {
  const t = useTranslations('clipChooser');
  if (shown.light === null) return null;
  return (
    <button
      type="button"
      className="btn quiet min-h-12"
      aria-pressed={shown.light}
      onClick={() => shown.setLight(!shown.light)}
    >
      {t('lighter')}
    </button>
  );
}
