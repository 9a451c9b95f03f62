'use client';

import { useMutation } from '@tanstack/react-query';
import { Video } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useFilmAgain } from '#client/check-in/use-film-again';
import { useTranslations } from '#client/device/words/translations';
import type { CheckIn } from '#client/review/use-shown-clip';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';

const NEW = '/check-ins/new';
/** It stays on this device: a line is not needed. */
const here = { networkMode: 'always' } as const;

/**
 * Where the answer is "please film it again", the way there is the next thing on the page. What was said is kept: only
 * the clip is asked for.
 */
export function FilmAgain({ checkIn, userId }: { checkIn: CheckIn; userId: string }) {
  const t = useTranslations('checkIns');
  const router = useRouter();
  const { id, submittedAt, lineageId, question, answers } = checkIn;
  const { pain, redFlags } = answers;
  const again = useFilmAgain(userId, { id, submittedAt, lineageId, question, pain, redFlags });
  const open = () => router.push(NEW);
  const begin = useMutation({ ...here, mutationFn: again.begin, onSuccess: (begun) => (begun ? open() : undefined) });
  const anyway = useMutation({ ...here, mutationFn: again.beginAnyway, onSuccess: open });
  if (again.isOtherUnderWay)
    return (
      <div className="grid gap-3">
        <p role="status">{t('otherUnderWay')}</p>
        <button type="button" className="btn primary xl" onClick={open}>
          {t('goOn')}
        </button>
        <ConfirmedDelete
          label={t('filmAgainAnyway')}
          question={t('filmAgainAnywayAsk')}
          disabled={anyway.isPending}
          onDelete={() => anyway.mutate()}
        />
        <Problem reason={anyway.error ? 'not_kept' : null} />
      </div>
    );
  return (
    <div className="grid gap-2">
      <button
        type="button"
        className="btn primary xl"
        aria-busy={begin.isPending}
        onClick={() => {
          if (!begin.isPending) begin.mutate();
        }}
      >
        <Video aria-hidden="true" /> {t('filmAgain')}
      </button>
      <p className="muted">{t('filmAgainKeeps')}</p>
      <Problem reason={begin.error ? 'not_kept' : null} />
    </div>
  );
}
