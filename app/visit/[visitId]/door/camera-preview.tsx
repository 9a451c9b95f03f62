'use client';

import { Camera, CameraOff, Mic, MicOff, SwitchCamera } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DeviceCheck } from '#client/device/media/use-device-check';
import { useTranslations } from '#client/device/words/translations';
import { DeviceChoice } from '#components/check-in/device-choice';

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
      <DoorDevices check={check} />
      {hand && check.camera === 'ready' ? <PropCard /> : null}
    </section>
  );
}

/** Heard and seen or not, and by which device: as it is left here, it is in the visit. */
function DoorDevices({ check }: { check: DeviceCheck }) {
  const t = useTranslations('visit');
  const { wanted, devices, chosen } = check;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn quiet min-w-[min(100%,6.5rem)] flex-1 px-3"
          onClick={() => check.want({ ...wanted, microphone: !wanted.microphone })}
        >
          {wanted.microphone ? <Mic size={20} aria-hidden="true" /> : <MicOff size={20} aria-hidden="true" />}
          {t(wanted.microphone ? 'mute' : 'unmute')}
        </button>
        <button
          type="button"
          className="btn quiet min-w-[min(100%,6.5rem)] flex-1 px-3"
          onClick={() => check.want({ ...wanted, camera: !wanted.camera })}
        >
          {wanted.camera ? <Camera size={20} aria-hidden="true" /> : <CameraOff size={20} aria-hidden="true" />}
          {t(wanted.camera ? 'cameraOff' : 'cameraOn')}
        </button>
        {check.camera === 'ready' ? (
          <button type="button" className="btn quiet min-w-[min(100%,6.5rem)] flex-1 px-3" onClick={() => check.flip()}>
            <SwitchCamera size={20} aria-hidden="true" />
            {t('otherCamera')}
          </button>
        ) : null}
      </div>
      <DeviceChoice
        devices={devices}
        cameraId={chosen.camera.deviceId}
        microphoneId={chosen.microphoneId}
        onCamera={check.chooseCamera}
        onMicrophone={check.chooseMicrophone}
      />
    </div>
  );
}

function wordsFor({ camera, microphone }: DeviceCheck) {
  if (camera === 'off') return 'cameraIsOff';
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
