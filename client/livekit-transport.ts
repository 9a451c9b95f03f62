import {
  AudioPresets,
  ConnectionQuality,
  ConnectionState,
  type LocalVideoTrack,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  VideoPresets,
} from 'livekit-client';
import { participantOfIdentity } from '#domain/visit';
import type { LinkQuality, RemoteVideo, TransportMessage, TransportSnapshot, TransportStill, VisitDevices, VisitTransport } from './visit-transport';

// The library writes every ordinary end of a visit to the console as an error; what matters is shown on the page.
setLogLevel('silent');

const STILL_TOPIC = 'still';
const STILL_BYTES_MAX = 8_000_000;
const CHANNELS: ReadonlySet<string> = new Set(['ink', 'operation', 'control']);

const QUALITY: Record<ConnectionQuality, LinkQuality> = {
  [ConnectionQuality.Excellent]: 'excellent',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
  [ConnectionQuality.Unknown]: 'unknown',
};

function newRoom(): Room {
  return new Room({
    adaptiveStream: { pixelDensity: 'screen', pauseVideoInBackground: false },
    dynacast: true,
    disconnectOnPageLeave: true,
    dataStream: { maxPayloadByteLength: STILL_BYTES_MAX },
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    videoCaptureDefaults: { resolution: VideoPresets.h720.resolution, facingMode: 'user' },
    publishDefaults: {
      audioPreset: AudioPresets.speech,
      red: true,
      dtx: true,
      simulcast: true,
      videoCodec: 'vp8',
      backupCodec: true,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
    },
  });
}

export type LiveKitSeat = { url: string; token: string; camera: boolean; microphone: boolean; facingMode: 'user' | 'environment' };

/** Joins a LiveKit room and publishes what the person allowed. Rejects where the server cannot be reached. */
export async function joinLiveKit(seat: LiveKitSeat): Promise<VisitTransport & VisitDevices> {
  const room = newRoom();
  const transport = wrapRoom(room, seat.facingMode);
  // Capture starts beside the connection: the first frame should not wait for a handshake.
  const published = Promise.allSettled([
    seat.camera ? room.localParticipant.setCameraEnabled(true, { facingMode: seat.facingMode, resolution: VideoPresets.h720.resolution }) : null,
    seat.microphone ? room.localParticipant.setMicrophoneEnabled(true) : null,
  ]);
  await room.connect(seat.url, seat.token, { maxRetries: 2, peerConnectionTimeout: 60_000, websocketTimeout: 15_000 });
  await published;
  return transport;
}

function wrapRoom(room: Room, firstFacing: 'user' | 'environment'): VisitTransport & VisitDevices {
  const changed = new Set<() => void>();
  const messages = new Set<(message: TransportMessage) => void>();
  const stills = new Set<(still: TransportStill) => void>();
  let facing = firstFacing;
  let current = readRoom(room);
  const update = () => {
    current = readRoom(room);
    for (const listener of changed) listener();
  };
  for (const event of CHANGES) room.on(event, update);
  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
    if (track.kind === Track.Kind.Audio) track.attach();
  });
  room.on(RoomEvent.DataReceived, (bytes, participant, _kind, topic) => {
    if (!participant || !topic || !CHANNELS.has(topic)) return;
    const message = { channel: topic as TransportMessage['channel'], participantId: participantOfIdentity(participant.identity), bytes };
    for (const listener of messages) listener(message);
  });
  room.registerByteStreamHandler(STILL_TOPIC, async (reader, { identity }) => {
    const stillId = reader.info.attributes?.stillId;
    if (!stillId) return;
    const blob = new Blob((await reader.readAll()).map((part) => new Uint8Array(part)), { type: 'image/jpeg' });
    for (const listener of stills) listener({ stillId, participantId: participantOfIdentity(identity), blob });
  });
  const listen =
    <T>(set: Set<T>) =>
    (listener: T) => {
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    };
  const publish = (topic: TransportMessage['channel'], bytes: Uint8Array<ArrayBuffer>, reliable: boolean) => room.localParticipant.publishData(bytes, { reliable, topic });
  return {
    snapshot: () => current,
    subscribe: listen(changed),
    onMessage: listen(messages),
    onStill: listen(stills),
    sendInk: (bytes) => {
      publish('ink', bytes, false).catch(() => undefined);
    },
    sendOperation: (bytes) => publish('operation', bytes, true),
    sendControl: (bytes) => publish('control', bytes, true),
    async sendStill(stillId, blob) {
      const writer = await room.localParticipant.streamBytes({ topic: STILL_TOPIC, attributes: { stillId }, totalSize: blob.size, mimeType: blob.type });
      await writer.write(new Uint8Array(await blob.arrayBuffer()));
      await writer.close();
    },
    disconnect: () => room.disconnect(),
    setMicrophone: async (on) => {
      await room.localParticipant.setMicrophoneEnabled(on);
    },
    setCamera: async (on) => {
      await room.localParticipant.setCameraEnabled(on, { facingMode: facing });
    },
    async flipCamera() {
      facing = facing === 'user' ? 'environment' : 'user';
      const track = cameraTrack(room);
      await track?.restartTrack({ facingMode: facing, resolution: VideoPresets.h720.resolution });
      update();
    },
    startAudio: () => room.startAudio(),
    localVideo: () => cameraTrack(room)?.mediaStreamTrack ?? null,
    facingMode: () => facing,
  };
}

const CHANGES = [
  RoomEvent.ConnectionStateChanged,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantActive,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.ConnectionQualityChanged,
] as const;

function cameraTrack(room: Room): LocalVideoTrack | undefined {
  return room.localParticipant.getTrackPublication(Track.Source.Camera)?.videoTrack as LocalVideoTrack | undefined;
}

const STATES: Record<ConnectionState, TransportSnapshot['state']> = {
  [ConnectionState.Connecting]: 'connecting',
  [ConnectionState.Connected]: 'connected',
  [ConnectionState.Reconnecting]: 'reconnecting',
  [ConnectionState.SignalReconnecting]: 'connected',
  [ConnectionState.Disconnected]: 'down',
};

function readRoom(room: Room): TransportSnapshot {
  const peers = [...room.remoteParticipants.values()];
  return {
    state: STATES[room.state],
    peers: peers.map((peer) => participantOfIdentity(peer.identity)),
    remoteVideos: peers.flatMap((peer) => remoteVideo(peer)),
    microphoneOn: room.localParticipant.isMicrophoneEnabled,
    cameraOn: room.localParticipant.isCameraEnabled,
    canPlayAudio: room.canPlaybackAudio,
    quality: { own: QUALITY[room.localParticipant.connectionQuality], peer: QUALITY[peers[0]?.connectionQuality ?? ConnectionQuality.Unknown] },
  };
}

const attachers = new WeakMap<RemoteTrack, RemoteVideo>();

function remoteVideo(peer: Participant): RemoteVideo[] {
  const publication = peer.getTrackPublication(Track.Source.Camera) as RemoteTrackPublication | undefined;
  const track = publication?.track;
  if (!track || publication.isMuted) return [];
  const known = attachers.get(track);
  if (known) return [known];
  const made: RemoteVideo = {
    participantId: participantOfIdentity(peer.identity),
    attach(element) {
      track.attach(element);
      return () => {
        track.detach(element);
      };
    },
  };
  attachers.set(track, made);
  return [made];
}
