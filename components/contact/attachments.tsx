'use client';

import { useTranslations } from '#client/device/words/translations';
import { CONSENT_MISSING, QUOTA_REACHED } from '#domain/check-in/media';
import type { MediaView } from '#domain/contact/thread-view';

const addressOf = (mediaId: string) => `/api/media/${mediaId}`;

/** What lies beside a message: as soon as it can be seen or heard, and until then how far it is. */
export function Attachments({ media, byName }: { media: readonly MediaView[]; byName: string }) {
  if (media.length === 0) return null;
  return media.map((one) => <Attached key={one.id} media={one} byName={byName} />);
}

function Attached({ media, byName }: { media: MediaView; byName: string }) {
  const t = useTranslations('messages.attach');
  const { id, kind, state, failure, posterId, width, height } = media;
  if (state === 'deleted') return <p className="muted">{t('gone', { kind })}</p>;
  if (state === 'failed') {
    const why = failure === CONSENT_MISSING ? 'noConsent' : failure === QUOTA_REACHED ? 'quota' : 'unreadable';
    return <p className="problem">{t(why, { kind })}</p>;
  }
  if (state === 'pending') return <p className="muted">{t('sending', { kind })}</p>;
  if (state !== 'ready') return <p className="muted">{t('preparing', { kind })}</p>;
  if (kind === 'voice')
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody writes down what a person has just said
      <audio
        className="w-full min-w-56"
        controls
        preload="none"
        src={addressOf(id)}
        aria-label={t('voiceOf', { name: byName })}
      />
    );
  if (kind === 'clip')
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody writes down what a person has just filmed
      <video
        className="max-h-96 w-full rounded-m"
        controls
        playsInline
        preload="none"
        src={addressOf(id)}
        poster={posterId ? addressOf(posterId) : undefined}
        aria-label={t('clipOf', { name: byName })}
      />
    );
  return (
    <a href={addressOf(id)} target="_blank" rel="noreferrer" className="block">
      {/* biome-ignore lint/performance/noImgElement: it comes from the record behind a login, which no optimiser may read */}
      <img
        className="max-h-96 w-auto max-w-full rounded-m"
        loading="lazy"
        src={addressOf(posterId ?? id)}
        alt={t('photoOf', { name: byName })}
        width={width ?? undefined}
        height={height ?? undefined}
      />
    </a>
  );
}
