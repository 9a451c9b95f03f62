'use client';

import { Hand, Pin, Play, Snowflake } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { lastLiveMarks } from '#domain/annotation/keep';
import type { RecordedRoom } from './clinician-room';
import type { RoomProps } from './room-stage';

/** Freeze, keep, show the own hand: one row on the picture. Frozen, the one button is "Resume". */
export function FreezeControls(room: RecordedRoom) {
  const { session, stage, scene } = room;
  const t = useTranslations('visit.freeze');
  if (scene.kind === 'still') {
    return (
      <div className="absolute bottom-4 start-4 flex flex-wrap items-center gap-2.5">
        <button type="button" className="btn primary min-h-12" onClick={() => stage.setScene(null)}>
          <Play size={18} aria-hidden="true" />
          {t('resume')}
        </button>
        <FrozenWords {...room} />
      </div>
    );
  }
  const showsOwn = scene.whose === 'clinician';
  return (
    <div className="absolute bottom-4 start-4 flex flex-wrap items-center gap-2.5">
      {showsOwn ? null : <FreezeButtons {...room} />}
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-pressed={showsOwn}
        onClick={() => stage.setScene(null, showsOwn ? 'patient' : 'clinician')}
      >
        <Hand size={18} aria-hidden="true" />
        {showsOwn ? t('showTheirs', { name: session.room.visit.patientName.split(' ')[0] ?? '' }) : t('showMyHand')}
      </button>
    </div>
  );
}

function FreezeButtons({ session, stage, tools, drawn, cameras }: RoomProps) {
  const t = useTranslations('visit.freeze');
  const tVisit = useTranslations('visit');
  const [said, setSaid] = useState<'failed' | 'kept' | null>(null);
  const { freezing } = useSyncExternalStore(tools.stills.subscribe, tools.stills.snapshot, tools.stills.snapshot);
  const { consents, visit } = session.room;
  const marksNow = () =>
    lastLiveMarks(stage.snapshot().annotations, {
      nowMs: Date.now(),
      receivedAtMs: (markId) => drawn.receivedAtMs.get(markId) ?? null,
    }).map(({ mark }) => mark.markId);

  const blind = cameras.patient === null;
  const nothing = marksNow().length === 0;

  async function freeze() {
    if (blind || freezing) return;
    const stillId = await tools.stills.freeze();
    setSaid(stillId ? null : 'failed');
    if (stillId) stage.setScene(stillId);
  }
  async function keep() {
    const keeps = marksNow();
    if (blind || keeps.length === 0) return;
    setSaid((await tools.stills.freeze(keeps)) ? 'kept' : 'failed');
  }
  if (!consents.stills) {
    return <p className="picture-note">{t('noConsent', { name: visit.patientName })}</p>;
  }
  return (
    <>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={freezing}
        aria-disabled={blind || freezing}
        title={blind ? tVisit('noPictureYet', { name: visit.patientName }) : undefined}
        onClick={() => void freeze()}
      >
        <Snowflake size={18} aria-hidden="true" />
        {t(freezing ? 'freezing' : 'freeze')}
      </button>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-disabled={blind || nothing || freezing}
        title={nothing ? t('keepNothing') : undefined}
        onClick={() => void keep()}
      >
        <Pin size={18} aria-hidden="true" />
        {t('keep')}
      </button>
      {said ? (
        <p role="status" className="picture-note">
          {t(said)}
        </p>
      ) : null}
    </>
  );
}

/** When the picture was taken and by which device: a received frame may be a small one. */
function FrozenWords({ scene, tools, record, session }: RecordedRoom) {
  const t = useTranslations('visit.freeze');
  const format = useFormatter();
  if (scene.kind !== 'still') return null;
  const { visit } = session.room;
  const recorded = record?.stills.find((still) => still.id === scene.stillId);
  const still = recorded ?? tools.stills.snapshot().pictures.get(scene.stillId);
  if (!still) return null;
  const time = format.dateTime(still.capturedAt, { hour: 'numeric', minute: '2-digit', timeZone: visit.timeZone });
  return <p className="picture-note">{t(still.source, { time, name: visit.patientName.split(' ')[0] ?? '' })}</p>;
}
