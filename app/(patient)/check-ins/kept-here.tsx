'use client';

import { useDraftClip } from '#client/check-in/use-draft';
import { useKeptClips } from '#client/device/use-uploads';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';

type KeptHereProps = { userId: string; shown: readonly { media: readonly { id: string; state: string }[] }[] };

/** Clips on this phone that belong to no check-in any more: nothing of them is deleted before their owner says so. */
export function KeptHere({ userId, shown }: KeptHereProps) {
  const t = useTranslations('checkIns.keptHere');
  const whenOf = useWhen(null);
  const { clips, discard } = useKeptClips();
  const draftClip = useDraftClip(userId);
  if (clips === null || draftClip === undefined) return null;
  const claimed = new Set(
    shown.flatMap(({ media }) =>
      media.flatMap(({ id, state }) => (state === 'failed' || state === 'pending' ? id : [])),
    ),
  );
  const left = clips.filter(({ id }) => id !== draftClip && !claimed.has(id));
  if (left.length === 0) return null;
  return (
    <section className="grid gap-3" aria-labelledby="kept-here">
      <h2 id="kept-here" className="section-title">
        {t('title')}
      </h2>
      <ul className="grid gap-3" aria-labelledby="kept-here">
        {left.map(({ id, createdAt, state }) => {
          const when = whenOf(createdAt, 'dated');
          return (
            <li key={id} className="card grid gap-2 p-4">
              <strong>{t('clip', { when })}</strong>
              <p>{t(state)}</p>
              <ConfirmedDelete
                label={t('delete')}
                named={t('deleteNamed', { when })}
                question={t('deleteAsk')}
                onDelete={() => void discard(id)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
