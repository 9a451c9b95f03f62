'use client';

import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { maySendAgain } from '#domain/check-in/media';
import { isOpen } from '#domain/check-in/submission';

type Clip = CheckIn['media'][number];

/** That no clip has arrived, and since when the answers wait; nothing where one has. */
export function NoClip({ checkIn }: { checkIn: CheckIn }) {
  const t = useTranslations('review.noClip');
  const when = useWhen(null);
  const { media, receivedAt } = checkIn;
  const isLacking = ({ state, failure }: Clip) =>
    state === 'pending' ||
    (state === 'failed' && maySendAgain(failure)) ||
    (state === 'deleted' && failure === 'withdrawn');
  if (!media.every(isLacking)) return null;
  if (!isOpen(checkIn.state)) return <p className="note">{t('closed')}</p>;
  const since = when(receivedAt);
  return (
    <div className="note grid gap-1">
      <p className="font-bold">{t('none', { since })}</p>
      <p>{t('answer')}</p>
    </div>
  );
}
