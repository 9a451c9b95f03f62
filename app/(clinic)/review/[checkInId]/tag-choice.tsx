import { MapPin, X } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import type { ShownClip } from '#client/review/use-shown-clip';
import type { TagMarks } from '#client/review/use-tag-marks';
import type { ErrorTagMark, Mark } from '#domain/annotation/mark';

type Tag = { code: string; labelPatient: string };

type TagChoiceProps = {
  tags: readonly Tag[];
  chosen: readonly string[];
  onChoose(codes: readonly string[]): void;
  tagMarks: TagMarks;
  shown: ShownClip | null;
  side: Mark['side'];
};

/** What to do next time, in the patient's words; each can stand on the frame where it is seen. */
export function TagChoice({ tags, chosen, onChoose, tagMarks, shown, side }: TagChoiceProps) {
  const t = useTranslations('review');
  const marksOf = (code: string) => tagMarks.placed.filter((mark) => mark.code === code);

  function choose(code: string, isChosen: boolean) {
    onChoose(isChosen ? [...chosen, code] : chosen.filter((one) => one !== code));
    // What is not said any more must not stand on the clip.
    if (!isChosen) tagMarks.takeOff(marksOf(code).map(({ markId }) => markId));
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="label mb-2">{t('tags')}</legend>
      {tags.map(({ code, labelPatient }) => (
        <div key={code} className="grid gap-2">
          <label className="flex min-h-8 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-5"
              checked={chosen.includes(code)}
              onChange={(event) => choose(code, event.target.checked)}
            />
            {labelPatient}
          </label>
          {chosen.includes(code) && shown ? (
            <TagPlaces
              words={labelPatient}
              marks={marksOf(code)}
              shown={shown}
              onPut={() => tagMarks.put(code, { anchor: shown.anchor, aspect: aspectOf(shown), side })}
              onTakeOff={(markId) => tagMarks.takeOff([markId])}
            />
          ) : null}
        </div>
      ))}
      {tagMarks.pointing ? (
        <p role="status" className="muted">
          {t('pointHint')}
        </p>
      ) : null}
    </fieldset>
  );
}

function aspectOf({ clip }: ShownClip): number {
  return clip.width && clip.height ? clip.width / clip.height : 1;
}

type PlacesProps = {
  words: string;
  marks: readonly ErrorTagMark[];
  shown: ShownClip;
  onPut(): void;
  onTakeOff(markId: string): void;
};

function TagPlaces({ words, marks, shown, onPut, onTakeOff }: PlacesProps) {
  const t = useTranslations('review');
  return (
    <div className="ms-7 flex flex-wrap items-center gap-2">
      {marks.map((mark) =>
        mark.anchor.kind === 'frames' ? (
          <span key={mark.markId} className="chip on pe-0">
            {t('onFrame', { frame: mark.anchor.from })}
            <button
              type="button"
              className="grid size-7 place-items-center pointer-coarse:size-12"
              aria-label={t('takeOff', { tag: words, frame: mark.anchor.from })}
              onClick={() => onTakeOff(mark.markId)}
            >
              <X size={16} aria-hidden="true" />
            </button>
          </span>
        ) : null,
      )}
      <button
        type="button"
        className="btn plain"
        aria-label={t('putTag', { tag: words, frame: shown.player.frame })}
        onClick={onPut}
      >
        <MapPin size={18} aria-hidden="true" /> {t('putOnFrame', { frame: shown.player.frame })}
      </button>
    </div>
  );
}
