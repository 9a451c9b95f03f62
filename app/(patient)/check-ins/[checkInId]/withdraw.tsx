'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';

/** As long as nobody has answered: the whole check-in, or one of several clips, can be taken back. */
export function Withdraw({ checkIn }: { checkIn: CheckIn }) {
  const t = useTranslations('checkIns.withdraw');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries();
  const whole = useMutation(trpc.checkIns.withdraw.mutationOptions({ onSuccess }));
  const clip = useMutation(trpc.checkIns.withdrawClip.mutationOptions({ onSuccess }));
  const error = whole.error ?? clip.error;
  if (checkIn.state === 'withdrawn') return <p role="status">{t('done')}</p>;
  const clips = checkIn.media.filter((media) => media.state !== 'deleted');
  return (
    <div className="mt-4 grid gap-3">
      {clips.length > 1 ? (
        <section aria-labelledby="own-clips">
          <h2 id="own-clips" className="section-title">
            {t('clips')}
          </h2>
          <ul className="grid gap-2">
            {clips.map((media, index) => (
              <li key={media.id} className="flex flex-wrap items-center justify-between gap-2">
                <span>{t('clip', { number: index + 1 })}</span>
                <ConfirmedDelete
                  label={t('label')}
                  named={t('clipLabel', { number: index + 1 })}
                  question={t('clipAsk')}
                  disabled={clip.isPending}
                  onDelete={() => clip.mutate({ mediaId: media.id })}
                />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <ConfirmedDelete
        label={t('whole')}
        question={t('ask')}
        disabled={whole.isPending}
        onDelete={() => whole.mutate({ checkInId: checkIn.id })}
      />
      <Problem reason={error ? problemOf(error).reason : null} />
    </div>
  );
}
