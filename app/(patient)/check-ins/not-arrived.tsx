'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf } from '#client/api/trpc';
import { useKeptClip } from '#client/device/use-uploads';
import { Problem } from '#components/form/field';
import { QUOTA_REACHED } from '#domain/check-in/media';

/** A clip that the server waited for in vain, or that was too much that day: whoever filmed it can send it once more. */
export function NotArrived({ clip }: { clip: { id: string; failure: string | null } }) {
  const t = useTranslations('checkIns.notArrived');
  const queryClient = useQueryClient();
  const kept = useKeptClip(clip.id);
  const again = useMutation({
    mutationFn: kept.sendAgain,
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <div className="mt-2 grid gap-2">
      {clip.failure === QUOTA_REACHED ? <p>{t('quota')}</p> : null}
      <p>{t(kept.isHere ? 'here' : 'elsewhere')}</p>
      {kept.isHere ? (
        <button
          type="button"
          className="btn primary"
          aria-busy={again.isPending}
          onClick={() => {
            if (!again.isPending) again.mutate();
          }}
        >
          {t(again.isPending ? 'sending' : 'sendAgain')}
        </button>
      ) : null}
      <Problem reason={again.error ? problemOf(again.error).reason : null} />
    </div>
  );
}
