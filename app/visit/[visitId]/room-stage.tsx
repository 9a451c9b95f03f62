'use client';

import { useTranslations } from 'next-intl';
import type { StageSnapshot, VisitStage } from '#client/annotation/board';
import type { Tool } from '#client/annotation/drawing';
import type { Picture, ShownView } from '#client/annotation/use-view-box';
import type { Cameras, Scene } from '#client/visit/scene';
import type { TransportSnapshot } from '#client/visit/transport';
import type { VisitSession } from '#client/visit/use-room';
import type { VisitTools } from '#client/visit/use-tools';
import { Stage } from '#components/annotation/viewer';
import type { AngleMark } from '#domain/annotation/mark';
import { LocalVideo, PeerVideo } from './room-video';
import { StageMarks } from './stage-marks';
import { StillPicture } from './still-picture';

export type RoomProps = {
  session: VisitSession;
  stage: VisitStage;
  tools: VisitTools;
  drawn: StageSnapshot;
  snapshot: TransportSnapshot;
  scene: Scene;
  cameras: Cameras;
  /** Which stills the server has the picture of. */
  readyStills: ReadonlySet<string>;
};

type StageProps = RoomProps & {
  tool: Tool | null;
  lineageId: string | null;
  onAngle?(angle: AngleMark): void;
  className?: string;
};

/** The largest thing on both sides: the patient's hand, a frozen picture of it, or the clinician's hand. */
export function RoomStage(props: StageProps) {
  const { session, scene, tool, className } = props;
  const t = useTranslations('visit');
  const { room, line } = session;
  const { own } = props.cameras;
  const side = room.visit.side === 'both' ? null : room.visit.side;
  const showsPatient = scene.kind === 'still' || scene.whose === 'patient';
  return (
    <Stage
      // Never cropped: what one side draws on, the other side must be able to see.
      fit="contain"
      mirror={own && line?.facingMode() !== 'environment'}
      className={className}
      label={labelOf(props, t)}
      picture={(hold, style) => <ScenePicture {...props} hold={hold} style={style} />}
    >
      {(view) => (
        <>
          <StageMarks {...props} view={view} tool={tool} />
          {side && showsPatient ? <SideLabel view={view} text={t(`side.${side}`)} /> : null}
        </>
      )}
    </Stage>
  );
}

function labelOf({ scene, session }: StageProps, t: ReturnType<typeof useTranslations<'visit'>>): string {
  const { role, visit } = session.room;
  if (scene.kind === 'still') return t('freeze.still');
  if (scene.whose === 'patient') return role === 'clinician' ? t('handOf', { name: visit.patientName }) : t('yourHand');
  return scene.participantId === session.room.me?.id
    ? t('ownHandShown', { name: visit.patientName })
    : t('handOf', { name: session.nameOf(scene.participantId) });
}

type PictureProps = StageProps & {
  hold(element: Picture | null): void;
  style: { objectFit: 'contain' | 'cover'; transform: string | undefined };
};

function ScenePicture({ session, tools, scene, cameras, readyStills, hold, style }: PictureProps) {
  const t = useTranslations('visit');
  if (scene.kind === 'still') {
    const { stillId } = scene;
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
  if (cameras.own) return <LocalVideo line={session.line} place={tools.videos.local} hold={hold} style={style} />;
  const name = scene.whose === 'patient' ? session.room.visit.patientName : session.nameOf(scene.participantId);
  return (
    <PeerVideo
      key={cameras.onStage?.participantId}
      video={cameras.onStage}
      place={scene.whose === 'patient' ? tools.videos.peer : undefined}
      hold={hold}
      style={style}
      waiting={t('noPictureYet', { name })}
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

/** The cameras that are not on the stage: small, and never at the price of the stage. */
export function Tiles({ session, tools, cameras, className }: RoomProps & { className: string }) {
  const t = useTranslations('visit');
  const { visit } = session.room;
  const mirrored = session.line?.facingMode() !== 'environment';
  const patientId = session.room.roster.find((person) => person.role === 'patient')?.id;
  return (
    <>
      {cameras.own ? null : (
        <div className={className}>
          <LocalVideo
            line={session.line}
            place={tools.videos.local}
            style={{ objectFit: 'cover', transform: mirrored ? 'scaleX(-1)' : undefined }}
          />
          <span className="tile-name">{t('you')}</span>
        </div>
      )}
      {cameras.tiles.map(({ participantId, name, video }) => (
        <div key={participantId} className={className}>
          <PeerVideo
            video={video}
            place={participantId === patientId ? tools.videos.peer : undefined}
            style={{ objectFit: 'cover', transform: undefined }}
            waiting=""
          />
          <span className="tile-name">{(participantId === patientId ? visit.patientName : name).split(' ')[0]}</span>
        </div>
      ))}
    </>
  );
}
