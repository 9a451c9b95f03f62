'use client';

import type { ReactNode } from 'react';
import type { Tool } from '#client/annotation/drawing';
import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import { MarkWords } from '#components/annotation/measured-marks';
import { type Hold, Viewer } from '#components/annotation/viewer';
import type { Box } from '#domain/annotation/label-layout';
import type { AngleMark } from '#domain/annotation/mark';
import { StillPicture } from '../still-picture';
import { usePresenceWords } from './line/presence';
import type { RoomProps } from './props';
import { StageMarks, shownMarks } from './stage-marks';
import { LocalVideo, PeerVideo } from './video';

type StageViewerProps = RoomProps & {
  tool: Tool | null;
  lineageId: string | null;
  onAngle?(angle: AngleMark): void;
  className?: string;
  /** Words under the picture, where nothing lies on them. */
  notes?: ReactNode;
  /** Where something lies over the picture. */
  takenOf?(view: ShownView): readonly Box[];
};

/** The largest thing on both sides: the patient's hand, a frozen picture of it, or the clinician's hand. */
export function StageViewer(props: StageViewerProps) {
  const { liveVisit, stage, tool, className } = props;
  const t = useTranslations('visit');
  const { room } = liveVisit;
  const { own } = props.cameras;
  const side = room.visit.side === 'both' ? null : room.visit.side;
  const isClinician = room.role === 'clinician';
  const shown = shownMarks(props.drawn, stage, Date.now());
  const words = <MarkWords marks={shown} ownRole={isClinician ? 'clinician' : 'patient'} />;
  const showsPatient = stage.kind === 'still' || stage.whose === 'patient';
  return (
    <Viewer
      // Never cropped: what one side draws on, the other side must be able to see.
      fit="contain"
      mirror={own && props.snapshot.facing === 'user'}
      className={className}
      label={labelOf(props, t)}
      // Under the clinician's picture lie the controls of freezing, over the patient's the small cameras.
      above={isClinician ? words : undefined}
      below={
        isClinician ? undefined : (
          <>
            {words}
            {props.notes}
          </>
        )
      }
      picture={(hold, style) => <StagePicture {...props} hold={hold} style={style} />}
    >
      {(view) => (
        <>
          <StageMarks {...props} view={view} tool={tool} taken={props.takenOf?.(view)} />
          {side && showsPatient ? <SideLabel view={view} text={t(`side.${side}`)} /> : null}
        </>
      )}
    </Viewer>
  );
}

function labelOf({ stage, liveVisit }: StageViewerProps, t: ReturnType<typeof useTranslations<'visit'>>): string {
  const { role, visit } = liveVisit.room;
  if (stage.kind === 'still') return t('freeze.still');
  if (stage.whose === 'patient') return role === 'clinician' ? t('handOf', { name: visit.patientName }) : t('yourHand');
  return stage.participantId === liveVisit.room.me?.id
    ? t('ownHandShown', { name: visit.patientName })
    : t('handOf', { name: liveVisit.nameOf(stage.participantId) });
}

type PictureProps = StageViewerProps & {
  hold: Hold;
  style: { objectFit: 'contain' | 'cover'; transform: string | undefined };
};

function StagePicture(props: PictureProps) {
  const { liveVisit, snapshot, tools, stage, cameras, readyStills, isSettled, hold, style } = props;
  const t = useTranslations('visit');
  const presence = usePresenceWords(snapshot);
  if (stage.kind === 'still') {
    const { stillId } = stage;
    const picture = tools.stills.snapshot().pictures.get(stillId);
    return (
      <StillPicture
        key={stillId}
        stillId={stillId}
        own={picture}
        ready={readyStills.has(stillId)}
        hold={hold}
        fit={style.objectFit}
        alt={t('freeze.still')}
      />
    );
  }
  if (cameras.own) return <LocalVideo line={liveVisit.line} place={tools.videos.local} hold={hold} style={style} />;
  const { roster } = liveVisit.room;
  const person =
    stage.whose === 'patient'
      ? roster.find(({ role }) => role === 'patient')
      : roster.find(({ id }) => id === stage.participantId);
  const name = stage.whose === 'patient' ? liveVisit.room.visit.patientName : liveVisit.nameOf(stage.participantId);
  return (
    <PeerVideo
      key={cameras.onStage?.participantId ?? person?.id}
      video={cameras.onStage}
      place={stage.whose === 'patient' ? tools.videos.peer : undefined}
      hold={hold}
      style={style}
      waiting={presence(person, name) ?? ''}
      isExpected={!isSettled}
    />
  );
}

/** LEFT or RIGHT always stands on the picture itself, upright, inside what can be seen of it. */
function SideLabel({ view, text }: { view: ShownView; text: string }) {
  const { content } = view.transform;
  const corner = { left: Math.max(0, content.left) + 16, top: Math.max(0, content.top) + 12 };
  return (
    <span className="mark-label pointer-events-none" style={corner}>
      {text}
    </span>
  );
}
