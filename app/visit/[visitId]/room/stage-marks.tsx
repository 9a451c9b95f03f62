'use client';

import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { BoardSnapshot, DrawingBoard } from '#client/annotation/board';
import type { Drawing, Tool } from '#client/annotation/drawing';
import { InkSender } from '#client/annotation/ink-sender';
import { markOf } from '#client/annotation/mark-of';
import type { ShownView } from '#client/annotation/use-view-box';
import { usePaintClock } from '#client/device/use-paint-clock';
import type { Stage } from '#client/visit/stage';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { AnnotationLayer, type ShownStroke } from '#components/annotation/layer';
import { inkPoints } from '#domain/annotation/ink';
import type { Box } from '#domain/annotation/label-layout';
import type { Anchor, AngleMark, Point } from '#domain/annotation/mark';
import { type CommittedMark, LIVE_FADE_MS, stageMarks } from '#domain/annotation/state';

type MarksProps = {
  liveVisit: LiveVisit;
  board: DrawingBoard;
  drawn: BoardSnapshot;
  stage: Stage;
  view: ShownView;
  tool: Tool | null;
  /** The exercise that is worked on, which marks are of. */
  lineageId: string | null;
  onAngle?(angle: AngleMark): void;
  /** Where something lies over the picture that would hide a value. */
  taken?: readonly Box[];
};

export function shownMarks(drawn: BoardSnapshot, stage: Stage, nowMs: number): readonly CommittedMark[] {
  return stageMarks(drawn.annotations, {
    stillId: stage.kind === 'still' ? stage.stillId : null,
    nowMs,
    receivedAtMs: (markId) => drawn.receivedAtMs.get(markId) ?? null,
  });
}

/** Marks and ink over the stage; live ones fade by this page's own clock. */
export function StageMarks({ liveVisit, board, drawn, stage, view, tool, lineageId, onAngle, taken }: MarksProps) {
  const { room } = liveVisit;
  const nowMs = usePaintClock(hasMotion(drawn));
  useEffect(() => board.tick(nowMs), [board, nowMs]);
  const [sender] = useState(
    () =>
      new InkSender({
        send: (message) => board.sendInk(message),
        newId: () => uuidv7(),
        now: () => performance.now(),
      }),
  );
  const anchor: Anchor = stage.kind === 'still' ? { kind: 'still', stillId: stage.stillId } : { kind: 'live' };
  const side = room.visit.side === 'both' ? null : room.visit.side;

  function complete(points: readonly Point[], kind: Tool) {
    const common = { markId: sender.finish(), anchor, aspect: view.aspect, side };
    const mark = markOf(kind, points, lineageId ? { ...common, lineageId } : common);
    if (!mark) return;
    board.commit(mark);
    if (mark.kind === 'angle') onAngle?.(mark);
  }
  function preview(points: readonly Point[], drawing: Drawing) {
    sender.preview(points, { tool: drawing.tool, anchor, aspect: view.aspect });
  }
  return (
    <AnnotationLayer
      view={view}
      marks={shownMarks(drawn, stage, nowMs)}
      ink={strokesOn(drawn, liveVisit, anchor)}
      tool={tool}
      taken={taken}
      ownRole={room.role === 'clinician' ? 'clinician' : 'patient'}
      nameOf={liveVisit.nameOf}
      onPreview={preview}
      onComplete={complete}
    />
  );
}

/** Still moving or fading? */
function hasMotion(drawn: BoardSnapshot): boolean {
  if (drawn.ink.authors.size > 0) return true;
  const last = Math.max(0, ...drawn.receivedAtMs.values());
  return Date.now() - last < LIVE_FADE_MS + 200;
}

/** Ink belongs to the picture that its author saw: after a freeze it is not drawn over another one. */
function isOn(anchor: Anchor, other: Anchor): boolean {
  if (anchor.kind !== 'still' || other.kind !== 'still') return anchor.kind === other.kind;
  return anchor.stillId === other.stillId;
}

function strokesOn(drawn: BoardSnapshot, liveVisit: LiveVisit, anchor: Anchor): ShownStroke[] {
  const shown: ShownStroke[] = [];
  for (const [authorId, { strokes }] of drawn.ink.authors) {
    const author = liveVisit.room.roster.find((person) => person.id === authorId);
    const role = author?.role === 'patient' ? 'patient' : 'clinician';
    for (const [id, stroke] of strokes) {
      if (isOn(stroke.anchor, anchor)) shown.push({ id, kind: stroke.kind, points: inkPoints(stroke), role });
    }
  }
  return shown;
}
