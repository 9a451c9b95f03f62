'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { DeviceCheck } from '#client/device/use-device-check';

/** One's own picture before the visit. `hand` = whose picture is the patient's: its side, and how to prop the phone. */
export function CameraPreview({ check, hand }: { check: DeviceCheck; hand: 'left' | 'right' | 'both' | null }) {
  const t = useTranslations('visit');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = check.stream;
  }, [check.stream]);
  return (
    <section className="grid content-start gap-4" aria-label={t('yourPicture')}>
      <div className="on-dark pic aspect-[4/3] rounded-2xl">
        {check.camera === 'ready' ? (
          <video
            ref={video}
            autoPlay
            muted
            playsInline
            className="size-full object-cover"
            style={check.facingMode === 'user' ? { transform: 'scaleX(-1)' } : undefined}
          />
        ) : (
          <p className="grid size-full place-items-center p-6 text-center">{t(wordsFor(check))}</p>
        )}
        {hand === null || hand === 'both' || check.camera !== 'ready' ? null : (
          <span className="mark-label bottom-3 left-3">{t(`side.${hand}`)}</span>
        )}
      </div>
      {check.camera === 'ready' ? (
        <>
          <button type="button" className="btn quiet" onClick={() => check.flip()}>
            {t('otherCamera')}
          </button>
          {hand ? <PropCard /> : null}
        </>
      ) : null}
    </section>
  );
}

function wordsFor({ camera, microphone }: DeviceCheck) {
  if (camera === 'asking') return 'cameraStarting';
  return microphone === 'ready' ? 'noPicture' : 'noPictureNoSound';
}

function PropCard() {
  const t = useTranslations('visit.prop');
  return (
    <div className="card p-4">
      <h2 className="section-title">{t('title')}</h2>
      <ul className="mt-2 grid list-disc gap-1 ps-5">
        <li>{t('lean')}</li>
        <li>{t('fingers')}</li>
        <li>{t('sideView')}</li>
        <li>{t('light')}</li>
      </ul>
    </div>
  );
}
