'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import { isUnreadable } from '#domain/check-in/media';

type Clip = CheckIn['media'][number];

const SAID_FAILURES = ['upload_expired', 'quota_reached', 'consent_missing', 'ffmpeg_missing'] as const;
const SAID_REMOVALS = ['withdrawn', 'keeping_over', 'removed_by_clinic'] as const;

function wordsFor({ state, failure }: Clip) {
  const removal = SAID_REMOVALS.find((one) => one === failure) ?? 'withdrawn';
  if (state === 'deleted') return removal;
  const known = SAID_FAILURES.find((one) => one === failure);
  if (known) return known;
  if (state === 'failed') return 'unreadable';
  return state === 'pending' ? 'pending' : 'preparing';
}

/** Every clip of a check-in that cannot be played, and why; where it cannot be read, what a person may decide. */
export function ClipTroubles({ checkIn }: { checkIn: CheckIn }) {
  const t = useTranslations('review.clipTrouble');
  const clips = checkIn.media;
  if (clips.every(({ state }) => state === 'ready')) return null;
  return (
    <ul className="grid gap-3">
      {clips.map((clip, index) =>
        clip.state === 'ready' ? null : (
          <li key={clip.id} className="note grid gap-3">
            <p>{t(wordsFor(clip), { number: index + 1, count: clips.length })}</p>
            {isUnreadable(clip) ? <Decide clip={clip} number={index + 1} /> : null}
          </li>
        ),
      )}
    </ul>
  );
}

function Decide({ clip, number }: { clip: Clip; number: number }) {
  const t = useTranslations('review.clipTrouble');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = { onSettled: () => queryClient.invalidateQueries() };
  const again = useMutation(trpc.checkIns.tryClipAgain.mutationOptions(after));
  const remove = useMutation(trpc.checkIns.removeClip.mutationOptions(after));
  const problem = again.error ?? remove.error;
  return (
    <div className="grid justify-items-start gap-2">
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={again.isPending}
        onClick={() => {
          if (!again.isPending) again.mutate({ mediaId: clip.id });
        }}
      >
        {t('again')}
      </button>
      <ConfirmedDelete
        label={t('remove')}
        named={t('removeNamed', { number })}
        question={t('removeAsk')}
        disabled={remove.isPending}
        onDelete={() => remove.mutate({ mediaId: clip.id })}
      />
      <Problem reason={problem ? problemOf(problem).reason : null} />
    </div>
  );
}
