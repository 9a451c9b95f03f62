'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { DrawingBoard } from '#client/annotation/board';
import type { Tool } from '#client/annotation/drawing';
import { markOf } from '#client/annotation/mark-of';
import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import { namedMark } from '#client/review/named-mark';
import type { ShownClip } from '#client/review/use-shown-clip';
import type { TagMarks } from '#client/review/use-tag-marks';
import { AnnotationLayer } from '#components/annotation/layer';
import { MarkWords } from '#components/annotation/measured-marks';
import { PlacePoint } from '#components/annotation/place-point';
import { ToolBar } from '#components/annotation/tool-bar';
import { ClipNotes } from '#components/check-in/clip-notes';
import { ClipChooser } from '#components/review/clip-chooser';
import { ClipViewer } from '#components/review/clip-viewer';
import type { AngleMark, Mark, Point } from '#domain/annotation/mark';
import { type CommittedMark, visibleMarks } from '#domain/annotation/state';
import { PlayerBar } from './player-bar';

type DeskProps = {
  shown: ShownClip;
  board: DrawingBoard;
  tagMarks: TagMarks;
  tagWords(code: string): string | null;
  side: Mark['side'];
  /** The exercise that the clip shows; null where it shows none. */
  lineageId: string | null;
  name: string;
  /** An angle was drawn and may become a measurement. */
  onAngle(angle: AngleMark): void;
};

/** Opens at the drawing that the address names, once it is there. */
function useOpenAtNamed(shown: ShownClip, marks: readonly CommittedMark[]): void {
  const opened = useRef(false);
  useEffect(() => {
    const named = opened.current ? null : namedMark();
    const anchor = marks.find(({ mark }) => mark.markId === named)?.mark.anchor;
    if (anchor?.kind !== 'frames') return;
    opened.current = true;
    shown.goTo(anchor);
  });
}

/** The clip: frame by frame, at half speed, with pen, arrow and angle, and the place of an error tag. */
export function ClipDesk({ shown, board, tagMarks, tagWords, side, lineageId, name, onAngle }: DeskProps) {
  const t = useTranslations('review');
  const r = useTranslations('recorder');
  const [tool, setTool] = useState<Tool>('pen');
  const { clip, player, anchor } = shown;
  const drawn = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  const all = visibleMarks(drawn.annotations);
  const marks = shown.marksNow(all);
  useOpenAtNamed(shown, all);

  function complete(view: ShownView, points: readonly Point[], kind: Tool) {
    const common = { markId: uuidv7(), anchor, aspect: view.aspect, side };
    const mark = markOf(kind, points, lineageId ? { ...common, lineageId } : common);
    if (!mark) return;
    board.commit(mark);
    if (mark.kind === 'angle') onAngle(mark);
  }
  return (
    <section
      className="on-dark grid min-h-[60dvh] grid-cols-1 auto-rows-auto grid-rows-[minmax(0,1fr)] gap-3 bg-dark p-4 text-on-dark lg:h-[calc(100dvh-62px)]"
      aria-label={t('clip')}
    >
      <div className="grid min-h-0 grid-cols-1 gap-3 md:grid-cols-[92px_minmax(0,1fr)]">
        <ToolBar
          tool={tool}
          onTool={setTool}
          onClear={() => board.remove(marks.map(({ mark }) => mark.markId))}
          onUndo={() => board.remove(marks.slice(-1).map(({ mark }) => mark.markId))}
        />
        <ClipViewer
          onVideo={shown.onVideo}
          mediaId={shown.playedId}
          posterId={clip.posterId}
          label={t('clip')}
          below={<MarkWords marks={marks} ownRole="clinician" tagWords={tagWords} />}
          sideLabel={side ? r(`side.${side}`) : null}
        >
          {(view) => (
            <>
              <AnnotationLayer
                view={view}
                marks={marks}
                ink={[]}
                tool={player.playing || tagMarks.pointing ? null : tool}
                ownRole="clinician"
                nameOf={() => name}
                tagWords={tagWords}
                onComplete={(points, kind) => complete(view, points, kind)}
              />
              {tagMarks.pointing && !player.playing ? (
                <PlacePoint
                  view={view}
                  onPlace={(at) => tagMarks.point(at, view.aspect)}
                  onCancel={tagMarks.endPointing}
                />
              ) : null}
            </>
          )}
        </ClipViewer>
      </div>
      <ClipChooser shown={shown} />
      <ClipNotes clip={clip} reader="clinician" />
      <PlayerBar shown={shown} saving={drawn.unsavedOpIds.size > 0} />
    </section>
  );
}
