import type { AnnotationState } from '#domain/annotation/state';
import type { ParticipantState } from '#domain/visit/lifecycle';
import type { RemoteVideo } from './transport';

/** What both sides look at. */
export type Stage =
  | { kind: 'still'; stillId: string }
  | { kind: 'live'; whose: 'patient' }
  | { kind: 'live'; whose: 'clinician'; participantId: string };

export function stageOf({ stage }: AnnotationState): Stage {
  if (stage?.stillId) return { kind: 'still', stillId: stage.stillId };
  if (stage?.shows === 'clinician') return { kind: 'live', whose: 'clinician', participantId: stage.authorId };
  return { kind: 'live', whose: 'patient' };
}

type Person = {
  id: string;
  name: string;
  role: 'patient' | 'clinician' | 'observer';
  state: ParticipantState;
};

type Tile = { participantId: string; name: string; video: RemoteVideo | null };

/** Which camera stands where. A camera is its owner's, never simply the first that arrived. */
export type Cameras = {
  own: boolean;
  /** Somebody else's camera on the stage; null where it is one's own, a still, or not there yet. */
  onStage: RemoteVideo | null;
  tiles: readonly Tile[];
  /** The patient's camera as it arrives here; null on the patient's own side and while there is none. */
  patient: RemoteVideo | null;
};

type Seen = { stage: Stage; meId: string | null; roster: readonly Person[]; videos: readonly RemoteVideo[] };

export function camerasOf({ stage, meId, roster, videos }: Seen): Cameras {
  const videoOf = (id: string | undefined) => videos.find((video) => video.participantId === id) ?? null;
  const admitted = roster.filter((person) => person.state === 'admitted');
  const patientId = roster.find((person) => person.role === 'patient')?.id;
  const patient = admitted.some((person) => person.id === patientId) ? videoOf(patientId) : null;
  const stageId = stage.kind === 'still' ? undefined : stage.whose === 'patient' ? patientId : stage.participantId;
  const own = meId !== null && stageId === meId;
  const onStage = own ? null : admitted.some((person) => person.id === stageId) ? videoOf(stageId) : null;
  const tiles = admitted
    .filter((person) => person.id !== meId && person.id !== stageId)
    .map(({ id, name }) => ({ participantId: id, name, video: videoOf(id) }));
  return { own, onStage, tiles, patient };
}
