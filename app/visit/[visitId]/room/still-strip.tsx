'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { StillPicture } from '../still-picture';
import type { RecordedRoom } from './props';

/** The frozen pictures of this visit; one press brings one back to the stage of both sides. */
export function StillStrip({ record, tools, board, stage, readyStills }: RecordedRoom) {
  const t = useTranslations('visit.stills');
  const when = useWhen(null);
  const stills = record?.stills ?? [];
  const { pictures } = tools.stills.snapshot();
  const shown = stage.kind === 'still' ? stage.stillId : null;
  return (
    <div className="grid w-full content-start gap-2">
      <h2 className="label">{t('title')}</h2>
      {stills.length === 0 ? <p className="small text-on-dark-2">{t('none')}</p> : null}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(64px,1fr))] gap-2">
        {stills.map((still, index) => {
          const time = when(still.capturedAt, 'time');
          return (
            <li key={still.id}>
              <button
                type="button"
                className="pic block aspect-[3/4] w-full rounded-lg border-2 border-dark-line aria-pressed:border-citron-300"
                aria-pressed={shown === still.id}
                aria-label={t('show', { number: String(index + 1), time })}
                onClick={() => board.setStage(still.id)}
              >
                <StillPicture
                  stillId={still.id}
                  own={pictures.get(still.id)}
                  ready={readyStills.has(still.id)}
                  fit="cover"
                  alt=""
                />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
