'use client';

import { Settings2 } from 'lucide-react';
import { useRef } from 'react';
import { useDevices } from '#client/device/media/use-devices';
import { useTranslations } from '#client/device/words/translations';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { DeviceChoice } from '#components/check-in/device-choice';

/** Another camera or microphone in the middle of a visit; nothing where this device has one of each. */
export function RoomDevices({ liveVisit }: { liveVisit: LiveVisit }) {
  const t = useTranslations('device');
  const v = useTranslations('visit');
  const dialog = useRef<HTMLDialogElement>(null);
  const { session, visitLine } = liveVisit;
  const devices = useDevices(session.line !== null);
  if (devices.cameras.length < 2 && devices.microphones.length < 2) return null;
  return (
    <>
      <button
        type="button"
        className="btn plain icon min-h-12 min-w-12 text-on-dark"
        aria-label={t('choice')}
        onClick={() => dialog.current?.showModal()}
      >
        <Settings2 aria-hidden="true" />
      </button>
      <dialog ref={dialog} className="w-full max-w-[440px]" aria-labelledby="devices" dir="auto">
        <div className="grid gap-4">
          <h2 id="devices" className="section-title">
            {t('choice')}
          </h2>
          <DeviceChoice
            devices={devices}
            cameraId={session.wishes.cameraId}
            microphoneId={session.wishes.microphoneId}
            onCamera={(deviceId) => visitLine.chooseCamera(deviceId)}
            onMicrophone={(deviceId) => visitLine.chooseMicrophone(deviceId)}
          />
          <button type="button" className="btn primary min-h-12" onClick={() => dialog.current?.close()}>
            {v('devicesDone')}
          </button>
        </div>
      </dialog>
    </>
  );
}
