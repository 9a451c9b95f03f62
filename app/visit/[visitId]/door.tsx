'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf } from '#client/trpc';
import { type DeviceCheck, type DeviceState, useDeviceCheck } from '#client/use-device-check';
import type { VisitSession } from '#client/visit-session';
import { Problem, TextField } from '#components/field';
import { Mark } from '#components/mark';
import { CallInstead } from './call-instead';
import { CameraPreview } from './camera-preview';

/** Before the visit: see oneself, say where one is and who is there, go in. Never a dead end without a camera. */
export function Door({ session }: { session: VisitSession }) {
  const t = useTranslations('visit');
  const { room } = session;
  const check = useDeviceCheck();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isPatient = room.role === 'patient';
  const other = isPatient ? room.visit.clinicianName : room.visit.patientName;

  async function join(presence: { locationText: string | null; presentOthers: string | null }) {
    setBusy(true);
    try {
      check.release();
      await session.join(
        { camera: isWanted(check.camera), microphone: isWanted(check.microphone), facingMode: check.facingMode },
        presence,
      );
    } catch (error) {
      setProblem(problemOf(error).reason);
      setBusy(false);
    }
  }

  return (
    <main
      data-density="patient"
      className="mx-auto grid min-h-dvh max-w-[1000px] content-start gap-6 px-4 py-5 md:grid-cols-2 md:px-8"
    >
      <header className="flex items-center gap-3 md:col-span-2">
        <Mark />
        <h1 className="page-title">{t('with', { name: other })}</h1>
      </header>
      <CameraPreview check={check} side={room.visit.side} />
      <div className="grid content-start gap-5">
        {room.mediaServer === 'ready' ? null : (
          <MediaServerMissing phone={room.visit.fallbackPhone ?? room.visit.clinicPhone} state={room.mediaServer} />
        )}
        {room.joinable ? null : <p role="status">{t('opensLater')}</p>}
        <DeviceHelp check={check} />
        <PresenceForm
          isPatient={isPatient}
          last={room.lastPresence}
          busy={busy}
          disabled={!room.joinable}
          onJoin={join}
          withoutCamera={!isWanted(check.camera)}
        />
        <Problem reason={problem} />
        <CallInstead phone={room.visit.fallbackPhone ?? room.visit.clinicPhone} />
      </div>
    </main>
  );
}

/** A device that is still asked for is taken along; the room asks again. */
function isWanted(state: DeviceState): boolean {
  return state === 'ready' || state === 'asking';
}

function MediaServerMissing({ phone, state }: { phone: string; state: 'down' | 'missing' }) {
  const t = useTranslations('visit');
  return (
    <div role="alert" className="card border-stop p-4">
      <p className="state stop">{t(`mediaServer.${state}`)}</p>
      <p>{t('mediaServer.call', { phone })}</p>
    </div>
  );
}

function DeviceHelp({ check }: { check: DeviceCheck }) {
  const t = useTranslations('visit.device');
  const help = (['camera', 'microphone'] as const).filter(
    (kind) => check[kind] !== 'ready' && check[kind] !== 'asking',
  );
  if (help.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {help.map((kind) => (
        <li key={kind} className="note">
          <strong className="block">{t(`${kind}.${check[kind] as 'denied' | 'in_use' | 'missing' | 'failed'}`)}</strong>
          {t(`help.${check[kind] as 'denied' | 'in_use' | 'missing' | 'failed'}`)}
        </li>
      ))}
      <li>
        <button type="button" className="btn quiet" onClick={() => check.retry()}>
          {t('retry')}
        </button>
      </li>
    </ul>
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
      action={(form) =>
        onJoin({
          locationText: String(form.get('location')).trim() || null,
          presentOthers: String(form.get('present')).trim() || null,
        })
      }
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
