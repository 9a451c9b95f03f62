'use client';

import { useEffect, useState } from 'react';
import { problemOf } from '#client/api/trpc';
import { type DeviceCheck, type DeviceState, useDeviceCheck } from '#client/device/media/use-device-check';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Wishes } from '#client/visit/line-state';
import { useDoor } from '#client/visit/use-door';
import type { LiveVisit, VisitRoom } from '#client/visit/use-live-visit';
import { DeviceHelp } from '#components/check-in/device-help';
import { Problem, TextField } from '#components/form/field';
import { TelLink } from '#components/form/tel-link';
import { Logo } from '#components/shell/logo';
import { wasAdmitted } from '#domain/visit/lifecycle';
import { CallInstead } from '../call-instead';
import { CameraPreview } from './camera-preview';
import { DoorConsent } from './consent';

/** Before the visit: see oneself, say where one is and who is there, go in. Never a dead end without a camera. */
export function JoinPage({ liveVisit }: { liveVisit: LiveVisit }) {
  const t = useTranslations('visit');
  const { room, session, returning } = liveVisit;
  const check = useDeviceCheck({ from: session.wishes, isKnown: returning === false });
  const door = useDoor(room);
  const when = useWhen(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { door: access } = liveVisit;
  // A clinician, and who was let in before, only have to press.
  const isExpected = room.role === 'clinician' || (room.me !== null && wasAdmitted(room.me));
  const standsThere = door.isOpen && isExpected && returning === false;
  useEffect(() => (standsThere ? access.stand() : undefined), [standsThere, access]);
  const isPatient = room.role === 'patient';
  const other = isPatient ? room.visit.clinicianName : room.visit.patientName;

  async function join(presence: { locationText: string | null; presentOthers: string | null }) {
    setBusy(true);
    try {
      const joining = liveVisit.join(wishesAt(check, session.wishes), presence);
      // While the server answers: the line starts the camera itself.
      check.release();
      await joining;
    } catch (error) {
      setProblem(problemOf(error).reason);
      setBusy(false);
      check.retry();
    }
  }

  return (
    <main
      data-density="patient"
      className="mx-auto grid min-h-dvh max-w-[1000px] content-start gap-6 px-4 py-5 md:grid-cols-2 md:px-8"
    >
      <header className="flex items-center gap-3 md:col-span-2">
        <Logo />
        <h1 className="page-title">{t('with', { name: other })}</h1>
      </header>
      <CameraPreview check={check} hand={isPatient ? room.visit.side : null} />
      <div className="grid content-start gap-5">
        {room.mediaServer === 'ready' ? null : <MediaServerMissing room={room} state={room.mediaServer} />}
        {door.isOpen ? null : <p role="status">{t('opensAt', { when: when(door.opensAt) })}</p>}
        <DeviceHelp check={check} kinds={['camera', 'microphone']} />
        {isPatient ? <DoorConsent consents={room.consents} /> : null}
        <PresenceForm
          isPatient={isPatient}
          last={room.lastPresence}
          busy={busy}
          disabled={!door.isOpen || (isPatient && !(room.consents.telehealth && room.consents.liveVideo))}
          onJoin={join}
          withoutCamera={!mayOpen(check.camera)}
        />
        <Problem reason={problem} />
        <CallInstead room={room} />
      </div>
    </main>
  );
}

/** What the door leaves to the line: devices that the person wants, and that may open. */
function wishesAt({ camera, microphone, wanted, chosen, isFound }: DeviceCheck, before: Wishes): Wishes {
  const { deviceId: cameraId, facing } = chosen.camera;
  const { microphoneId } = chosen;
  return {
    // Who goes in while the browser still asks takes along what was chosen the last time; the line finds it.
    ...(isFound ? { facing, cameraId, microphoneId } : before),
    camera: wanted.camera && mayOpen(camera),
    microphone: wanted.microphone && mayOpen(microphone),
  };
}

/** Also a device that is still being asked for, or was off a moment ago: the line asks again. */
function mayOpen(state: DeviceState): boolean {
  return state === 'ready' || state === 'asking' || state === 'off';
}

function MediaServerMissing({ room, state }: { room: VisitRoom; state: 'down' | 'missing' }) {
  const t = useTranslations('visit');
  const { ring } = room;
  return (
    <div role="alert" className="card border-stop p-4">
      <p className="state stop">{t(`mediaServer.${state}`)}</p>
      {ring === null ? null : (
        <p>
          {t.rich('mediaServer.call', { phone: ring.phone, tel: (chunks) => <TelLink {...ring}>{chunks}</TelLink> })}
        </p>
      )}
    </div>
  );
}

type PresenceProps = {
  isPatient: boolean;
  last: { locationText: string | null; presentOthers: string | null } | null;
  busy: boolean;
  disabled: boolean;
  withoutCamera: boolean;
  onJoin(presence: { locationText: string | null; presentOthers: string | null }): void;
};

function PresenceForm({ isPatient, last, busy, disabled, withoutCamera, onJoin }: PresenceProps) {
  const t = useTranslations('visit');
  const label = busy ? t('joining') : withoutCamera ? t('joinWithoutCamera') : t('join');
  if (!isPatient) {
    return (
      <button
        type="button"
        className="btn primary xl"
        aria-busy={busy}
        disabled={disabled}
        onClick={() => onJoin({ locationText: null, presentOthers: null })}
      >
        {label}
      </button>
    );
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        onJoin({
          locationText: String(form.get('location')).trim() || null,
          presentOthers: String(form.get('present')).trim() || null,
        });
      }}
    >
      {last?.locationText ? (
        <button type="button" className="btn quiet xl" onClick={() => onJoin(last)} disabled={disabled}>
          {t('sameAsLastTime', { location: last.locationText })}
        </button>
      ) : null}
      <TextField
        label={t('where')}
        hint={t('whereHint')}
        name="location"
        required
        autoComplete="off"
        maxLength={200}
        defaultValue={last?.locationText ?? ''}
      />
      <TextField
        label={t('whoIsThere')}
        name="present"
        autoComplete="off"
        maxLength={200}
        defaultValue={last?.presentOthers ?? ''}
      />
      <button type="submit" className="btn primary xl" aria-busy={busy} disabled={disabled}>
        {label}
      </button>
    </form>
  );
}
