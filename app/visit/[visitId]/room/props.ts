import type { BoardSnapshot, DrawingBoard } from '#client/annotation/board';
import type { Outputs } from '#client/api/trpc';
import type { Cameras, Stage } from '#client/visit/stage';
import type { TransportSnapshot } from '#client/visit/transport';
import type { LiveVisit } from '#client/visit/use-live-visit';
import type { VisitTools } from '#client/visit/use-tools';

export type RoomProps = {
  liveVisit: LiveVisit;
  board: DrawingBoard;
  tools: VisitTools;
  drawn: BoardSnapshot;
  snapshot: TransportSnapshot;
  stage: Stage;
  cameras: Cameras;
  /** Which stills the server has the picture of. */
  readyStills: ReadonlySet<string>;
  /** Whether the first picture is there, or none is to be waited for: what is beside it is drawn from then on. */
  isSettled: boolean;
};

export type RecordedRoom = RoomProps & { record: Outputs['visitRecord']['get'] | null };
