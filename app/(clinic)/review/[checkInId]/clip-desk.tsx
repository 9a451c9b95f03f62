'use client';

import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Tool } from '#client/drawing';
import { simplifyLine } from '#client/ink-sender';
import { useFramePlayer } from '#client/use-frame-player';
import type { ShownView } from '#client/use-view-box';
import type { VisitStage } from '#client/visit-stage';
import { AnnotationLayer } from '#components/annotation-layer';
import { ClipStage } from '#components/clip-stage';
import { ToolBar } from '#components/tool-bar';
import type { Mark, Point } from '#domain/annotation';
import { frameMarks } from '#domain/annotation-state';
import type { CheckIn } from './review-desk';

/** A drawing stays for a second of the clip, long enough to be seen while it plays. */
const SHOWN_FRAMES = 29;

type DeskProps = { checkIn: CheckIn; stage: VisitStage; name: string };

/** The clip: frame by frame, at half speed, with pen, arrow and angle. */
export function ClipDesk({ checkIn, stage, name }: DeskProps) {
  const t = useTranslations('review');
  const r = useTranslations('recorder');
  const video = useRef<HTMLVideoElement>(null);
  const [tool, setTool] = useState<Tool | null>('pen');
  const clip = checkIn.media.find((media) => media.state === 'ready');
  const frames = clip?.frames ?? 1;
  const player = useFramePlayer(video, { framesPerSecond: clip?.framesPerSecond ?? 30, frames });
  const drawn = useSyncExternalStore(stage.subscribe, stage.snapshot, stage.snapshot);
  const side = checkIn.exercise?.side ?? 'both';

  function complete(view: ShownView, points: readonly Point[], kind: Tool) {
    const anchor = {
      kind: 'frames' as const,
      from: player.frame,
      to: Math.min(frames - 1, player.frame + SHOWN_FRAMES),
    };
    const mark = toMark(kind, points, {
      markId: uuidv7(),
      anchor,
      aspect: view.aspect,
      side: side === 'both' ? null : side,
    });
    if (mark) stage.commit(mark);
  }
  if (!clip) return <p className="p-8">{t('noClip')}</p>;
  return (
    <section
      className="stage grid min-h-[60dvh] grid-rows-[minmax(0,1fr)_auto] gap-3 bg-stage p-4 text-on-stage lg:h-[calc(100dvh-62px)]"
      aria-label={t('clip')}
    >
      <div className="grid min-h-0 gap-3 md:grid-cols-[92px_minmax(0,1fr)]">
        <ToolBar tool={tool} onTool={setTool} stage={stage} />
        <ClipStage
          video={video}
          mediaId={clip.id}
          posterId={clip.posterId}
          label={t('clip')}
          sideLabel={side === 'both' ? null : r(`side.${side}`)}
        >
          {(view) => (
            <AnnotationLayer
              view={view}
              marks={frameMarks(drawn.annotations, player.frame)}
              ink={[]}
              tool={player.playing ? null : tool}
              ownRole="clinician"
              nameOf={() => name}
              onComplete={(points, kind) => complete(view, points, kind)}
            />
          )}
        </ClipStage>
      </div>
      <div className="flex flex-wrap items-center gap-2.5">
        <button type="button" className="btn quiet min-h-12" aria-label={t('back1')} onClick={() => player.step(-1)}>
          <ChevronLeft aria-hidden="true" />
        </button>
        <button type="button" className="btn primary min-h-12" onClick={() => player.toggle()}>
          {player.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{' '}
          {t(player.playing ? 'pause' : 'play')}
        </button>
        <button type="button" className="btn quiet min-h-12" aria-label={t('forward1')} onClick={() => player.step(1)}>
          <ChevronRight aria-hidden="true" />
        </button>
        <output className="mono text-[1.25rem]">{t('frameOf', { frame: player.frame, frames })}</output>
        <span className="grow" />
        {[0.25, 0.5, 1].map((rate) => (
          <button
            key={rate}
            type="button"
            className="btn quiet min-h-12"
            aria-pressed={player.rate === rate}
            onClick={() => player.setRate(rate)}
          >
            {t('rate', { rate })}
          </button>
        ))}
        {drawn.unsavedOpIds.size > 0 ? <p role="status">{t('saving')}</p> : null}
      </div>
    </section>
  );
}

type Common = Pick<Mark, 'markId' | 'anchor' | 'aspect' | 'side'>;

function toMark(kind: Tool, points: readonly Point[], common: Common): Mark | null {
  if (kind === 'pen') return { ...common, kind, points: simplifyLine(points, common.aspect) };
  const [first, second, third] = points;
  if (!first || !second) return null;
  if (kind !== 'angle') return { ...common, kind, points: [first, second] };
  // A bare angle: which joint it measures is the clinician's to say, never a guess.
  return third ? { ...common, kind, points: [first, second, third] } : null;
}
