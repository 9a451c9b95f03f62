'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf } from '#client/api/trpc';
import { useKeptClip } from '#client/device/use-uploads';
import { Problem } from '#components/form/field';

/** A clip that the server waited for in vain: whoever filmed it can send it once more. */
export function NotArrived({ mediaId }: { mediaId: string }) {
  const t = useTranslations('checkIns.notArrived');
  const queryClient = useQueryClient();
  const kept = useKeptClip(mediaId);
  const again = useMutation({
    mutationFn: kept.sendAgain,
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <div className="mt-2 grid gap-2">
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
