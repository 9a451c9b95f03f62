'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useGoWithoutClip } from '#client/check-in/use-go-without-clip';
import type { KeptClip } from '#client/device/uploads';
import { useKeptClips } from '#client/device/use-uploads';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import { CONSENT_MISSING, type MediaState, maySendAgain, QUOTA_REACHED } from '#domain/check-in/media';

type Clip = { id: string; state: MediaState; failure: string | null };

/** Not with the clinic, and not on its way: the server does not take it, or this device has stopped sending it. */
export function isLacking({ id, state, failure }: Clip, keptIds: ReadonlySet<string>): boolean {
  return state === 'failed' ? maySendAgain(failure) : state === 'pending' && keptIds.has(id);
}

type NotArrivedProps = { checkInId: string; clip: Clip };

/**
 * A clip that is not with the clinic: why, and what whoever filmed it can do. It stays on its phone until they send it or
 * delete it there.
 */
export function NotArrived({ checkInId, clip }: NotArrivedProps) {
  const t = useTranslations('checkIns.notArrived');
  const queryClient = useQueryClient();
  const kept = useKeptClips();
  const here = kept.clips?.find(({ id }) => id === clip.id) ?? null;
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const again = useMutation({ mutationFn: () => kept.sendAgain(clip.id), ...after });
  const goWithout = useGoWithoutClip();
  const leaving = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      await goWithout(checkInId);
      await kept.discard(clip.id);
    },
    ...after,
  });
  const needsConsent = clip.failure === CONSENT_MISSING;
  return (
    <div className="mt-2 grid gap-2">
      {clip.failure === QUOTA_REACHED ? <p>{t('quota')}</p> : null}
      {needsConsent ? <p>{t('consent')}</p> : null}
      <p>{t(whereWords(here, needsConsent))}</p>
      {here?.state === 'whole' && !needsConsent ? (
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
      {needsConsent ? <Agree onAgreed={here?.state === 'whole' ? () => again.mutate() : null} /> : null}
      {here ? (
        <ConfirmedDelete
          label={t('delete')}
          question={t('deleteAsk')}
          disabled={leaving.isPending}
          onDelete={() => leaving.mutate()}
        />
      ) : null}
      <Problem reason={again.error ? problemOf(again.error).reason : null} />
      <Problem reason={leaving.error ? 'not_kept' : null} />
    </div>
  );
}

function whereWords(here: KeptClip | null, needsConsent: boolean) {
  if (here?.state === 'broken') return 'broken';
  if (needsConsent) return here ? 'stillHere' : 'stillElsewhere';
  return here ? 'here' : 'elsewhere';
}

/** The agreement that is missing; with the clip on this phone it is sent in the same step. */
function Agree({ onAgreed }: { onAgreed: (() => void) | null }) {
  const t = useTranslations('checkIns.notArrived');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const agree = useMutation(
    trpc.patients.changeConsent.mutationOptions({
      onSuccess: async () => {
        onAgreed?.();
        await queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <>
      <button
        type="button"
        className="btn primary"
        aria-busy={agree.isPending}
        onClick={() => {
          if (!agree.isPending) agree.mutate({ kinds: ['clips'], given: true });
        }}
      >
        {t(onAgreed ? 'agreeAndSend' : 'agree')}
      </button>
      <Problem reason={agree.error ? problemOf(agree.error).reason : null} />
    </>
  );
}
