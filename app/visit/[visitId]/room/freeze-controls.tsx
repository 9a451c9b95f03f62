'use client';

import { Hand, Pin, Play, Snowflake } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { lastLiveMarks } from '#domain/annotation/keep';
import type { RecordedRoom, RoomProps } from './props';

/** Freeze, keep, show the own hand: one row on the picture. Frozen, the one button is "Resume". */
export function FreezeControls(room: RecordedRoom) {
  const { liveVisit, board, stage } = room;
  const t = useTranslations('visit.freeze');
  if (stage.kind === 'still') {
    return (
      <div className="absolute bottom-4 start-4 flex flex-wrap items-center gap-2.5">
        <button type="button" className="btn primary min-h-12" onClick={() => board.setStage(null)}>
          <Play size={18} aria-hidden="true" />
          {t('resume')}
        </button>
        <FrozenWords {...room} />
      </div>
    );
  }
  const showsOwn = stage.whose === 'clinician';
  return (
    <div className="absolute bottom-4 start-4 flex flex-wrap items-center gap-2.5">
      {showsOwn ? null : <FreezeButtons {...room} />}
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-pressed={showsOwn}
        onClick={() => board.setStage(null, showsOwn ? 'patient' : 'clinician')}
      >
        <Hand size={18} aria-hidden="true" />
        {showsOwn ? t('showTheirs', { name: liveVisit.room.visit.patientName }) : t('showMyHand')}
      </button>
    </div>
  );
}

function FreezeButtons({ liveVisit, board, tools, drawn, cameras }: RoomProps) {
  const t = useTranslations('visit.freeze');
  const tVisit = useTranslations('visit');
  const [said, setSaid] = useState<'failed' | 'kept' | null>(null);
  const { freezing } = useSyncExternalStore(tools.stills.subscribe, tools.stills.snapshot, tools.stills.snapshot);
  const { consents, visit } = liveVisit.room;
  const marksNow = () =>
    lastLiveMarks(board.snapshot().annotations, {
      nowMs: Date.now(),
      receivedAtMs: (markId) => drawn.receivedAtMs.get(markId) ?? null,
    }).map(({ mark }) => mark.markId);

  const blind = cameras.patient === null;
  const nothing = marksNow().length === 0;

  async function freeze() {
    if (blind || freezing) return;
    const stillId = await tools.stills.freeze();
    setSaid(stillId ? null : 'failed');
    if (stillId) board.setStage(stillId);
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
        title={blind ? tVisit('noPictureNow', { name: visit.patientName }) : undefined}
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
function FrozenWords({ stage, tools, record, liveVisit }: RecordedRoom) {
  const t = useTranslations('visit.freeze');
  const when = useWhen(null);
  if (stage.kind !== 'still') return null;
  const { visit } = liveVisit.room;
  const recorded = record?.stills.find((still) => still.id === stage.stillId);
  const still = recorded ?? tools.stills.snapshot().pictures.get(stage.stillId);
  if (!still) return null;
  const time = when(still.capturedAt, 'time');
  const isLost = tools.stills.snapshot().unkept.has(stage.stillId);
  return isLost ? (
    <p role="alert" className="picture-note">
      {t('notKept')}
    </p>
  ) : (
    <p className="picture-note">{t(still.source, { time, name: visit.patientName })}</p>
  );
}
