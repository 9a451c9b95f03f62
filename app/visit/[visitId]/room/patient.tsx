'use client';

import { Pointer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Tool } from '#client/annotation/drawing';
import { RoomControls } from './controls';
import { CueCount } from './cue-count';
import { HurtButton } from './hurt-button';
import { LineState } from './line/state';
import type { RoomProps } from './props';
import { StageViewer } from './stage-viewer';
import { Tiles } from './tiles';

export function PatientRoom(room: RoomProps) {
  const t = useTranslations('visit');
  const { liveVisit, snapshot, stage, tools } = room;
  const [tool, setTool] = useState<Tool | null>(null);
  return (
    <main
      className="on-dark patient-room bg-dark text-[1.125rem] text-on-dark"
      data-density="patient"
      data-theme="dark"
      data-thumb={liveVisit.room.visit.operatesWith}
    >
      <LineState liveVisit={liveVisit} snapshot={snapshot} stage={stage} saidItHurtsAt={[]} />
      <div className="relative min-h-0">
        <StageViewer {...room} tool={tool} lineageId={null} />
        <div className="pointer-events-none absolute end-3 top-3 flex gap-2">
          <Tiles {...room} className="tile h-[124px] w-[100px]" />
        </div>
        <div className="pointer-events-none absolute inset-x-3 bottom-3 grid gap-2">
          {stage.kind === 'still' ? (
            <p className="picture-note w-fit" role="status">
              {t('freeze.frozenForYou', { name: liveVisit.room.visit.clinicianName.split(' ')[0] ?? '' })}
            </p>
          ) : null}
          {stage.kind === 'still' && tools.stills.snapshot().unkept.has(stage.stillId) ? (
            <p className="picture-note w-fit" role="alert">
              {t('freeze.notKept')}
            </p>
          ) : null}
          <CueCount tools={tools} />
        </div>
      </div>
      <RoomControls liveVisit={liveVisit} snapshot={snapshot}>
        <button
          type="button"
          className="tool large"
          aria-pressed={tool === 'pen'}
          onClick={() => setTool(tool === 'pen' ? null : 'pen')}
        >
          <Pointer aria-hidden="true" />
          {t('tool.pen')}
        </button>
        <HurtButton
          visit={liveVisit.room.visit}
          userId={liveVisit.room.me?.userId ?? ''}
          onHurt={() => tools.cues.stop()}
        />
      </RoomControls>
    </main>
  );
}
