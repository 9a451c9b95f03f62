import { useTranslations } from '#client/device/words/translations';
import type { ShownClip } from '#client/review/use-shown-clip';
import { goniometer, plainReading } from '#domain/annotation/goniometry';
import { type FramesAnchor, isMeasurement, type Mark } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';

type ListProps = { marks: readonly CommittedMark[]; shown: ShownClip; tagWords(code: string): string | null };

export function DrawingList({ marks, shown, tagWords }: ListProps) {
  const t = useTranslations('checkIns');
  const wordsOf = useDrawingWords(tagWords);
  const secondsAt = (frame: number) => Math.round((frame / shown.framesPerSecond) * 10) / 10;
  const clipNumber = ({ mediaId }: FramesAnchor) =>
    Math.max(
      0,
      shown.clips.findIndex((clip) => clip.id === mediaId),
    ) + 1;
  return (
    <ul className="grid gap-2" aria-label={t('marksAt')}>
      {marks.map(({ mark }, index) => {
        const { anchor } = mark;
        if (anchor.kind !== 'frames') return null;
        const at = { seconds: secondsAt(anchor.from), clips: shown.clips.length, clip: clipNumber(anchor) };
        return (
          <li key={mark.markId}>
            <button
              type="button"
              className="btn quiet h-auto w-full py-2 whitespace-normal"
              onClick={() => shown.goTo(anchor)}
            >
              {wordsOf(mark, { ...at, number: index + 1 })}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

type Where = { number: number; seconds: number; clip: number; clips: number };

function useDrawingWords(tagWords: ListProps['tagWords']) {
  const t = useTranslations('checkIns');
  return (mark: Mark, where: Where): string => {
    if (mark.kind === 'error_tag') {
      const tag = tagWords(mark.code);
      return tag ? t('frameTag', { ...where, tag }) : t('frame', where);
    }
    if (!isMeasurement(mark)) return t('frame', where);
    const { points, aspect, measurement } = mark;
    const reading = goniometer({ points, aspect, measurement });
    return reading
      ? t('frameAngle', { ...where, ...plainReading(measurement, reading.valueDegrees) })
      : t('frame', where);
  };
}
