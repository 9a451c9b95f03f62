import { useTranslations } from '#client/device/words/translations';
import type { ShownClip } from '#client/review/use-shown-clip';

/** Which of a check-in's clips is shown; nothing where there is one. */
export function ClipChooser({ shown }: { shown: ShownClip }) {
  const t = useTranslations('clipChooser');
  if (shown.clips.length < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls; these switch what is shown
    <div role="group" aria-label={t('label')} className="flex flex-wrap gap-2.5">
      {shown.clips.map((clip, index) => (
        <button
          key={clip.id}
          type="button"
          className="btn quiet min-h-12"
          aria-pressed={clip.id === shown.clip.id}
          onClick={() => shown.choose(clip.id)}
        >
          {t('clip', { number: index + 1 })}
        </button>
      ))}
    </div>
  );
}
