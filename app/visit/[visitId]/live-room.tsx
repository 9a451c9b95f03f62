'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox, useOutboxState } from '#client/device-outbox';
import type { Drawing, Tool } from '#client/drawing';
import { InkSender, simplifyLine } from '#client/ink-sender';
import { usePaintClock } from '#client/use-paint-clock';
import type { ShownView } from '#client/use-view-box';
import { useLineSnapshot, type VisitSession } from '#client/visit-session';
import type { StageSnapshot, VisitStage } from '#client/visit-stage';
import { AnnotationLayer, type InkLine } from '#components/annotation-layer';
import { Stage } from '#components/stage';
import { ToolBar } from '#components/tool-bar';
import type { Mark, Point } from '#domain/annotation';
import { inkPoints } from '#domain/annotation-ink';
import { LIVE_FADE_MS, stageMarks } from '#domain/annotation-state';
import { AdmitBanner } from './admit-banner';
import { LineState } from './line-state';
import { RoomControls } from './room-controls';
import { LocalVideo, PeerVideo } from './room-video';

const NO_STAGE: StageSnapshot = {
  annotations: {
    commits: new Map(),
    removedByClinician: new Set(),
    removedByPatient: new Map(),
    stage: null,
    lamport: 0,
  },
  ink: { authors: new Map(), endedMarkIds: [] },
  receivedAtMs: new Map(),
  unsavedOpIds: new Set(),
  dropped: 0,
  loaded: false,
};

function useStageSnapshot(stage: VisitStage | null): StageSnapshot {
  return useSyncExternalStore(
    stage?.subscribe ?? (() => () => undefined),
    stage?.snapshot ?? (() => NO_STAGE),
    () => NO_STAGE,
  );
}

/** The visit: the patient's hand on the stage of both sides, tools around it, everything else out of its way. */
export function LiveRoom({ session }: { session: VisitSession }) {
  const t = useTranslations('visit');
  const { room, line } = session;
  const snapshot = useLineSnapshot(line);
  const [tool, setTool] = useState<Tool | null>(room.role === 'clinician' ? 'pen' : null);
  const clinician = room.role === 'clinician';
  const remote = snapshot.remoteVideos[0] ?? null;
  const mirror = !clinician && line?.facingMode() !== 'environment';
  const side = room.visit.side === 'both' ? null : room.visit.side;
  return (
    <main
      className={`stage grid h-dvh grid-rows-[auto_minmax(0,1fr)_auto] bg-stage text-on-stage ${clinician ? '' : 'text-[1.125rem]'}`}
      data-density={clinician ? undefined : 'patient'}
    >
      <LineState session={session} snapshot={snapshot} unsaved={useUnsaved()} />
      <div
        className={
          clinician ? 'grid min-h-0 gap-3.5 p-3.5 md:grid-cols-[92px_minmax(0,1fr)_176px]' : 'relative min-h-0'
        }
      >
        {clinician ? <ToolBar tool={tool} onTool={setTool} stage={session.stage} /> : null}
        <Stage
          fit={clinician ? 'contain' : 'cover'}
          mirror={mirror}
          className={clinician ? 'rounded-2xl' : ''}
          label={clinician ? t('handOf', { name: room.visit.patientName }) : t('yourHand')}
          picture={(hold, style) =>
            clinician ? (
              <PeerVideo
                video={remote}
                hold={hold}
                style={style}
                waiting={t('noPictureYet', { name: room.visit.patientName })}
              />
            ) : (
              <LocalVideo line={line} hold={hold} style={style} />
            )
          }
        >
          {(view) => (
            <>
              <StageMarks session={session} view={view} tool={tool} />
              {side ? <SideLabel view={view} text={t(`side.${side}`)} /> : null}
            </>
          )}
        </Stage>
        <div
          className={
            clinician
              ? 'hidden content-start gap-3 md:grid'
              : 'absolute right-3 top-3 h-[138px] w-[112px] overflow-hidden rounded-2xl border-[3px] border-white bg-stage'
          }
        >
          <div className={clinician ? 'pic h-[190px] rounded-[14px] border-2 border-stage-line' : 'size-full'}>
            {clinician ? (
              <LocalVideo line={line} style={{ objectFit: 'cover', transform: 'scaleX(-1)' }} />
            ) : (
              <PeerVideo
                video={remote}
                style={{ objectFit: 'cover', transform: undefined }}
                waiting={room.visit.clinicianName}
              />
            )}
          </div>
        </div>
      </div>
      {clinician ? <AdmitBanner room={room} /> : null}
      <RoomControls session={session} snapshot={snapshot} tool={tool} onTool={setTool} />
    </main>
  );
}

/** LEFT or RIGHT always stands on the picture itself, upright, inside what can be seen of it. */
function SideLabel({ view, text }: { view: ShownView; text: string }) {
  const left = Math.max(0, view.transform.content.left) + 16;
  return (
    <span className="mark-label pointer-events-none bottom-4" style={{ left }}>
      {text}
    </span>
  );
}

function useUnsaved(): number {
  return useOutboxState(useHydratedOutbox()).waiting;
}

/** Marks and ink over the stage, fading by this page's own clock. */
function StageMarks({ session, view, tool }: { session: VisitSession; view: ShownView; tool: Tool | null }) {
  const { stage, room } = session;
  const drawn = useStageSnapshot(stage);
  const nowMs = usePaintClock(hasMotion(drawn));
  useEffect(() => stage?.tick(nowMs), [stage, nowMs]);
  const [sender] = useState(
    () =>
      new InkSender({
        send: (message) => session.stage?.sendInk(message),
        newId: () => uuidv7(),
        now: () => performance.now(),
      }),
  );
  const ownRole = room.role === 'clinician' ? 'clinician' : 'patient';
  const side = room.visit.side === 'both' ? null : room.visit.side;

  function complete(points: readonly Point[], kind: Tool) {
    stage?.commit(
      toMark(kind, points, { markId: sender.finish(), anchor: { kind: 'live' }, aspect: view.aspect, side }),
    );
  }
  function preview(points: readonly Point[], drawing: Drawing) {
    sender.preview(points, { tool: drawing.tool, anchor: { kind: 'live' }, aspect: view.aspect });
  }
  const marks = stageMarks(drawn.annotations, {
    stillId: null,
    nowMs,
    receivedAtMs: (markId) => drawn.receivedAtMs.get(markId) ?? null,
  });
  return (
    <AnnotationLayer
      view={view}
      marks={marks}
      ink={inkLines(drawn, session)}
      tool={tool}
      ownRole={ownRole}
      nameOf={session.nameOf}
      onPreview={preview}
      onComplete={complete}
    />
  );
}

type Common = Pick<Mark, 'markId' | 'anchor' | 'aspect' | 'side'>;

function toMark(kind: Tool, points: readonly Point[], common: Common): Mark {
  if (kind === 'pen') return { ...common, kind, points: simplifyLine(points, common.aspect) };
  const [first, second, third] = points;
  if (!first || !second) throw new Error('a mark needs its points');
  if (kind === 'angle') return { ...common, kind, points: [first, second, third ?? second] };
  return { ...common, kind, points: [first, second] };
}

/** Is anything on the stage still moving or fading? */
function hasMotion(drawn: StageSnapshot): boolean {
  if (drawn.ink.authors.size > 0) return true;
  const last = Math.max(0, ...drawn.receivedAtMs.values());
  return Date.now() - last < LIVE_FADE_MS + 200;
}

function inkLines(drawn: StageSnapshot, session: VisitSession): InkLine[] {
  const lines: InkLine[] = [];
  for (const [authorId, { strokes }] of drawn.ink.authors) {
    const role =
      session.room.roster.find((person) => person.id === authorId)?.role === 'patient' ? 'patient' : 'clinician';
    for (const [id, stroke] of strokes) lines.push({ id, kind: stroke.kind, points: inkPoints(stroke), role });
  }
  return lines;
}
