'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSpoken } from '#client/device/spoken';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import { CLIP_SECONDS_MAX, isTooLong, minutesOf } from '#domain/check-in/clip-note';

type PreviewProps = {
  src: string;
  /** Filmed here and now: its length has an end. Any other file may be as long as it likes. */
  isFilmedHere: boolean;
  busy: boolean;
  problem: string | null;
  beside: ReactNode;
  onSend(): void;
  onAgain(): void;
  onDelete: (() => void) | null;
};

/** In seconds; null = the browser does not say, or cannot show the clip at all. */
type Length = { seconds: number | null; isShown: boolean };

/** The clip before it is sent, and what of it will not be kept. */
export function ClipPreview(props: PreviewProps) {
  const { src, isFilmedHere, busy, problem, beside, onSend, onAgain, onDelete } = props;
  const t = useTranslations('recorder');
  const { say } = useSpoken();
  const title = useRef<HTMLHeadingElement>(null);
  const [length, setLength] = useState<Length | null>(null);
  useEffect(() => say(t('stopped'), true), [say, t]);
  // The button that was pressed is gone with the camera: reading goes on here.
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 ref={title} tabIndex={-1} className="page-title">
        {t('look')}
      </h1>
      <video
        className="max-h-[46dvh] w-full rounded-[var(--r-l)] bg-dark"
        src={src}
        controls
        playsInline
        autoPlay
        muted
        loop
        aria-label={t('preview')}
        onLoadedMetadata={({ currentTarget: { duration } }) =>
          setLength({ seconds: Number.isFinite(duration) ? duration : null, isShown: true })
        }
        onError={() => setLength({ seconds: null, isShown: false })}
      />
      {length && !isFilmedHere ? <NotAllKept {...length} /> : null}
      <p>{t('keptHere')}</p>
      <Problem reason={problem} />
      <button type="button" className="btn primary xl min-h-24" aria-busy={busy} disabled={busy} onClick={onSend}>
        {busy ? t('sending') : t('send')}
      </button>
      <button type="button" className="btn quiet xl" disabled={busy} onClick={onAgain}>
        {t('again')}
      </button>
      {onDelete ? (
        <ConfirmedDelete label={t('delete')} question={t('deleteAsk')} disabled={busy} onDelete={onDelete} />
      ) : null}
      {beside}
    </div>
  );
}

/** Said before anything is sent: what is too long, or might be. */
function NotAllKept({ seconds, isShown }: Length) {
  const t = useTranslations('recorder');
  const limit = CLIP_SECONDS_MAX / 60;
  if (seconds !== null && !isTooLong(seconds)) return null;
  return (
    <p role="status" className="state care whitespace-normal">
      {isShown ? null : `${t('cannotShow')} `}
      {seconds === null ? t('maybeLong', { limit }) : t('tooLong', { limit, ...minutesOf(seconds) })}
    </p>
  );
}
