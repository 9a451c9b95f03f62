'use client';

import { Pointer } from 'lucide-react';
import { useState } from 'react';
import type { Tool } from '#client/annotation/drawing';
import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import type { Cameras } from '#client/visit/stage';
import type { Box } from '#domain/annotation/label-layout';
import { RoomControls } from './controls';
import { CueCount } from './cue-count';
import { HurtButton } from './hurt-button';
import { LineState } from './line/state';
import { NewDoseSaid } from './new-dose';
import type { RecordedRoom, RoomProps } from './props';
import { StageViewer } from './stage-viewer';
import { Tiles } from './tiles';

export function PatientRoom(room: RecordedRoom) {
  const t = useTranslations('visit');
  const { liveVisit, snapshot, stage, tools } = room;
  const [tool, setTool] = useState<Tool | null>(null);
  const isStill = stage.kind === 'still';
  return (
    <main
      className="on-dark patient-room bg-dark text-[1.125rem] text-on-dark"
      data-density="patient"
      data-theme="dark"
      data-thumb={liveVisit.room.visit.operatesWith}
    >
      <LineState liveVisit={liveVisit} snapshot={snapshot} stage={stage} saidItHurtsAt={[]}>
        <NewDoseSaid record={room.record} />
      </LineState>
      <div className="relative min-h-0">
        <StageViewer
          {...room}
          tool={tool}
          lineageId={null}
          takenOf={(view) => tilesOver(view, room.cameras)}
          notes={isStill ? <StillNotes {...room} /> : null}
        />
        <div className="pointer-events-none absolute end-3 top-3 flex gap-2">
          <Tiles {...room} className="tile h-[124px] w-[100px]" />
        </div>
        {isStill ? null : (
          <div className="pointer-events-none absolute inset-x-3 bottom-3">
            <CueCount tools={tools} />
          </div>
        )}
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

/** Under a frozen picture, so that nothing lies on what its values are of: who froze it, whether it is kept, and the count. */
function StillNotes({ liveVisit, tools, stage }: RoomProps) {
  const t = useTranslations('visit');
  const isLost = stage.kind === 'still' && tools.stills.snapshot().unkept.has(stage.stillId);
  return (
    <div className="grid gap-2 p-3">
      <p className="picture-note w-fit" role="status">
        {t('freeze.frozenForYou', { name: liveVisit.room.visit.clinicianName })}
      </p>
      {isLost ? (
        <p className="picture-note w-fit" role="alert">
          {t('freeze.notKept')}
        </p>
      ) : null}
      <CueCount tools={tools} />
    </div>
  );
}

const TILE = { width: 100, height: 124, gap: 8, edge: 12 };

/** Where the small cameras lie over the picture, in its pixels. */
function tilesOver(view: ShownView, { own, tiles }: Cameras): Box[] {
  const count = tiles.length + (own ? 0 : 1);
  if (count === 0) return [];
  const width = count * TILE.width + (count - 1) * TILE.gap;
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
  const left = isRtl ? TILE.edge : view.width - TILE.edge - width;
  return [{ left, top: TILE.edge, width, height: TILE.height }];
}
