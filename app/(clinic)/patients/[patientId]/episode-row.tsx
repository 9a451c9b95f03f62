'use client';

import { MessageSquare } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { EditEpisode, type Episode } from './edit-episode';

/** Stable, so that React calls it once: when the button comes back after the form. */
const focus = (button: HTMLButtonElement | null) => button?.focus();

/** One hand problem in a line, with its precautions; corrected in place. */
export function EpisodeRow({ patientId, episode }: { patientId: string; episode: Episode }) {
  const t = useTranslations('patients.record');
  const [state, setState] = useState<'first' | 'editing' | 'kept' | 'saved'>('first');
  return (
    <div>
      <EpisodeFacts episode={episode} />
      {state === 'editing' ? (
        <EditEpisode patientId={patientId} episode={episode} onClose={setState} />
      ) : (
        <button
          type="button"
          ref={state === 'first' ? undefined : focus}
          className="btn quiet mt-2 min-h-12 max-w-full whitespace-normal"
          onClick={() => setState('editing')}
        >
          {t('editEpisode', { condition: episode.conditionText })}
        </button>
      )}
      <p role="status" className={state === 'saved' ? 'text-good' : 'vh'}>
        {state === 'saved' ? t('episodeSaved') : ''}
      </p>
    </div>
  );
}

export function EpisodeFacts({ episode }: { episode: Episode }) {
  const t = useTranslations('patients.record');
  const date = useDayName();
  const parts = [
    episode.conditionText,
    t(`side.${episode.side}`),
    episode.injuryOn ? t('injury', { date: date(episode.injuryOn) }) : '',
    episode.surgeryOn ? t('surgery', { date: date(episode.surgeryOn) }) : '',
  ];
  return (
    <>
      <p className="muted">{parts.filter(Boolean).join(', ')}</p>
      {episode.precautionsText ? (
        <p className="state care mt-1 whitespace-normal">{t('precautionsText', { text: episode.precautionsText })}</p>
      ) : null}
    </>
  );
}

/** To what was written about it. */
export function MessagesLink({ episode }: { episode: Pick<Episode, 'id' | 'conditionText'> }) {
  const t = useTranslations('patients.record');
  return (
    <Link
      className="btn quiet mt-2 min-h-12 max-w-full whitespace-normal"
      href={`/threads/${episode.id}`}
      prefetch={false}
    >
      <MessageSquare aria-hidden="true" size={20} /> {t('messages', { condition: episode.conditionText })}
    </Link>
  );
}
