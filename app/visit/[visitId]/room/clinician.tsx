'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import type { Tool } from '#client/annotation/drawing';
import { useMeasuring } from '#client/annotation/use-measuring';
import { useTRPC } from '#client/api/trpc';
import { useLoaded } from '#client/api/use-loaded';
import { useTabState } from '#client/device/use-tab-state';
import { useTranslations } from '#client/device/words/translations';
import { ToolBar } from '#components/annotation/tool-bar';
import { CautionList } from '#components/practice/flags/caution-list';
import { idSchema } from '#domain/input/fields';
import { AdmitBanner } from './admit-banner';
import { RoomControls } from './controls';
import { CueBar } from './cue-bar';
import { EndButton } from './end-button';
import { focusOf, linkedExercise } from './focus';
import { FreezeControls } from './freeze-controls';
import { LineState } from './line/state';
import type { RecordedRoom } from './props';
import { SidePanel } from './side-panel';
import { shownMarks } from './stage-marks';
import { StageViewer } from './stage-viewer';
import { StillStrip } from './still-strip';
import { Tiles } from './tiles';

/** Fetched when the tool is chosen: an angle that is drawn while the server is away is measured all the same. */
const measureAngle = () => import('#components/annotation/measure-angle').then((module) => module.MeasureAngle);

/** Fetched when a flag is unfolded: in a visit most stay lines. */
const flagWork = () => import('#components/practice/flags/flag-work').then((module) => module.FLAG_WORK);

export function ClinicianRoom(room: RecordedRoom) {
  const { liveVisit, board, snapshot, stage, record, isSettled } = room;
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const { visit } = liveVisit.room;
  const { data: programs = [] } = useQuery(
    trpc.programs.ofPatient.queryOptions({ patientId: visit.patientId }, { enabled: isSettled }),
  );
  const [tool, setTool] = useState<Tool>('pen');
  const [lineageId, setLineageId] = useTabState(`regrasp-worked-on-${visit.id}`, z.nullable(idSchema), null);
  const focus = focusOf(programs, lineageId);
  const measuring = useMeasuring(board);
  const MeasureAngle = useLoaded(tool === 'angle' || measuring.angle ? measureAngle : null);
  const [isUnfolded, setUnfolded] = useState(false);
  const work = useLoaded(isUnfolded ? flagWork : null);
  const own = () => shownMarks(board.snapshot(), stage, Date.now());
  const clear = () => board.remove(own().map(({ mark }) => mark.markId));
  function undo() {
    const mine = own().filter(({ author }) => author.authorId === liveVisit.room.me?.id);
    const last = mine.at(-1);
    if (last) board.remove([last.mark.markId]);
  }
  return (
    <main
      data-theme="dark"
      className="on-dark grid min-h-dvh grid-rows-[auto_auto_minmax(0,1fr)_auto] bg-dark text-on-dark lg:h-dvh"
    >
      <LineState liveVisit={liveVisit} snapshot={snapshot} stage={stage} saidItHurtsAt={record?.saidItHurtsAt ?? []} />
      <div className="border-b border-dark-line">
        {isSettled ? (
          <CautionList
            patientId={visit.patientId}
            place="room"
            work={work}
            onUnfold={() => setUnfolded(true)}
            className="max-h-[45dvh] overflow-y-auto px-3.5 py-2"
          />
        ) : null}
      </div>
      <div className="grid min-h-0 gap-3.5 p-3.5 md:grid-cols-[76px_minmax(0,1fr)] lg:grid-cols-[76px_minmax(0,1fr)_136px_304px] 2xl:grid-cols-[76px_minmax(0,1fr)_176px_370px]">
        {isSettled ? <ToolBar tool={tool} onTool={setTool} onClear={clear} onUndo={undo} /> : <span />}
        <div className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto] gap-3.5">
          <div className="relative min-h-[46dvh] lg:min-h-0">
            <StageViewer
              {...room}
              tool={tool}
              lineageId={focus?.prescription.lineageId ?? null}
              onAngle={measuring.ask}
              className="rounded-2xl"
            />
            {isSettled ? <FreezeControls {...room} /> : null}
          </div>
          <div className="min-h-24">
            {isSettled ? (
              <CueBar
                visitId={visit.id}
                tools={room.tools}
                dose={focus?.prescription.dose ?? null}
                lineageId={lineageId}
              />
            ) : null}
          </div>
        </div>
        <section
          className="flex min-h-0 flex-wrap content-start gap-3 overflow-y-auto md:col-span-2 lg:col-span-1 lg:flex-col lg:flex-nowrap"
          aria-label={t('stills.title')}
        >
          {isSettled ? (
            <>
              <Tiles {...room} className="tile h-[150px] w-[136px] shrink-0 lg:w-full" />
              <StillStrip {...room} />
            </>
          ) : null}
        </section>
        {isSettled ? (
          <SidePanel room={room} programs={programs} focus={focus} onFocus={setLineageId}>
            {MeasureAngle ? (
              <MeasureAngle measuring={measuring} patientId={visit.patientId} exercise={linkedExercise(focus)} />
            ) : null}
          </SidePanel>
        ) : null}
      </div>
      <div className="sticky bottom-0 z-10 bg-dark">
        <AdmitBanner room={liveVisit.room} />
        <RoomControls liveVisit={liveVisit} snapshot={snapshot} end={<EndButton {...room} />} />
      </div>
    </main>
  );
}
