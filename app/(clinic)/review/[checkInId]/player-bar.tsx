import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import type { ShownClip } from '#client/review/use-shown-clip';
import { LighterPicture } from '#components/review/lighter-picture';

const RATES = [0.25, 0.5, 1] as const;

/** Where the clip is and how fast it goes: by frames, slowly, or as filmed. */
export function PlayerBar({ shown, saving }: { shown: ShownClip; saving: boolean }) {
  const t = useTranslations('review');
  const { player, frames, framesPerSecond } = shown;
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      <button type="button" className="btn quiet min-h-12" aria-label={t('back1')} onClick={() => player.step(-1)}>
        <ChevronLeft aria-hidden="true" />
      </button>
      <button type="button" className="btn primary min-h-12" onClick={() => player.toggle()}>
        {player.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{' '}
        {t(player.playing ? 'pause' : 'play')}
      </button>
      <button type="button" className="btn quiet min-h-12" aria-label={t('forward1')} onClick={() => player.step(1)}>
        <ChevronRight aria-hidden="true" />
      </button>
      <output className="mono text-[1.25rem]">{t('frameOf', { frame: player.frame, frames })}</output>
      <span>{t('framesPerSecond', { rate: framesPerSecond })}</span>
      <span className="grow" />
      <LighterPicture shown={shown} />
      {RATES.map((rate) => (
        <button
          key={rate}
          type="button"
          className="btn quiet min-h-12"
          aria-pressed={player.rate === rate}
          onClick={() => player.setRate(rate)}
        >
          {t('rate', { rate })}
        </button>
      ))}
      {saving ? <p role="status">{t('saving')}</p> : null}
    </div>
  );
}
