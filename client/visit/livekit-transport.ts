import {
  AudioPresets,
  type ByteStreamReader,
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
} from '#client/visit/livekit';
import { participantOfIdentity } from '#domain/visit/identity';
import type {
  DeviceChoice,
  Line,
  LinkQuality,
  RemoteVideo,
  RoomAccess,
  TransportMessage,
  TransportSnapshot,
  TransportStill,
  VisitDevices,
  VisitTransport,
} from './transport';

// The library writes every ordinary end of a visit to the console as an error; what matters is shown on the page.
setLogLevel('silent');

const STILL_TOPIC = 'still';
/** A signal that is away for a moment harms nobody; for longer, the picture is most likely a frozen one. */
const SIGNAL_AWAY_MS = 4000;
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

/** Joins a LiveKit room and publishes what the person allowed. Rejects where the server cannot be reached. */
export async function joinLiveKit({ url, token }: RoomAccess, devices: DeviceChoice): Promise<Line> {
  const room = newRoom();
  const transport = new LiveKitTransport(room, devices.facingMode);
  await room.connect(url, token, { maxRetries: 2, peerConnectionTimeout: 60_000, websocketTimeout: 15_000 });
  // Not before: on a slow device the own camera starting up would delay the other side's first frame.
  void capture(room, devices);
  return transport;
}

async function capture({ localParticipant }: Room, { camera, microphone, facingMode }: DeviceChoice): Promise<void> {
  const resolution = VideoPresets.h720.resolution;
  await Promise.allSettled([
    camera ? localParticipant.setCameraEnabled(true, { facingMode, resolution }) : null,
    microphone ? localParticipant.setMicrophoneEnabled(true) : null,
  ]);
}

class LiveKitTransport implements VisitTransport, VisitDevices {
  readonly #room: Room;
  readonly #changed = new Set<() => void>();
  readonly #messages = new Set<(message: TransportMessage) => void>();
  readonly #stills = new Set<(still: TransportStill) => void>();
  #facing: 'user' | 'environment';
  #snapshot: TransportSnapshot;
  #signalTimer: ReturnType<typeof setTimeout> | undefined;
  #signalIsAway = false;

  constructor(room: Room, facing: 'user' | 'environment') {
    this.#room = room;
    this.#facing = facing;
    this.#snapshot = readRoom(room);
    room.on(RoomEvent.ConnectionStateChanged, this.#watchSignal);
    for (const event of CHANGES) room.on(event, this.#update);
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind === Track.Kind.Audio) track.attach();
    });
    room.on(RoomEvent.DataReceived, (bytes, participant, _kind, topic) => {
      if (!participant || !topic || !CHANNELS.has(topic)) return;
      const channel = topic as TransportMessage['channel'];
      const participantId = participantOfIdentity(participant.identity);
      for (const listener of this.#messages) listener({ channel, participantId, bytes });
    });
    room.registerByteStreamHandler(STILL_TOPIC, (reader, sender) => void this.#receiveStill(reader, sender.identity));
  }

  snapshot = (): TransportSnapshot => this.#snapshot;
  subscribe = (listener: () => void) => listen(this.#changed, listener);
  onMessage = (listener: (message: TransportMessage) => void) => listen(this.#messages, listener);
  onStill = (listener: (still: TransportStill) => void) => listen(this.#stills, listener);

  sendInk(bytes: Uint8Array<ArrayBuffer>): void {
    this.#publish('ink', bytes, false).catch(() => undefined);
  }

  sendOperation(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#publish('operation', bytes, true);
  }

  sendControl(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#publish('control', bytes, true);
  }

  async sendStill(stillId: string, blob: Blob): Promise<void> {
    const options = { topic: STILL_TOPIC, attributes: { stillId }, totalSize: blob.size, mimeType: blob.type };
    const writer = await this.#room.localParticipant.streamBytes(options);
    await writer.write(new Uint8Array(await blob.arrayBuffer()));
    await writer.close();
  }

  disconnect(): Promise<void> {
    return this.#room.disconnect();
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#room.localParticipant.setMicrophoneEnabled(on);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#room.localParticipant.setCameraEnabled(on, { facingMode: this.#facing });
  }

  async flipCamera(): Promise<void> {
    this.#facing = this.#facing === 'user' ? 'environment' : 'user';
    await cameraTrack(this.#room)?.restartTrack({ facingMode: this.#facing, resolution: VideoPresets.h720.resolution });
    this.#update();
  }

  startAudio(): Promise<void> {
    return this.#room.startAudio();
  }

  localVideo(): MediaStreamTrack | null {
    return cameraTrack(this.#room)?.mediaStreamTrack ?? null;
  }

  facingMode(): 'user' | 'environment' {
    return this.#facing;
  }

  #publish(topic: TransportMessage['channel'], bytes: Uint8Array<ArrayBuffer>, reliable: boolean): Promise<void> {
    return this.#room.localParticipant.publishData(bytes, { reliable, topic });
  }

  async #receiveStill(reader: ByteStreamReader, identity: string): Promise<void> {
    const stillId = reader.info.attributes?.stillId;
    if (!stillId) return;
    const parts = (await reader.readAll()).map((part) => new Uint8Array(part));
    const still = {
      stillId,
      participantId: participantOfIdentity(identity),
      blob: new Blob(parts, { type: 'image/jpeg' }),
    };
    for (const listener of this.#stills) listener(still);
  }

  #watchSignal = (state: ConnectionState): void => {
    clearTimeout(this.#signalTimer);
    this.#signalIsAway = false;
    if (state !== ConnectionState.SignalReconnecting) return;
    this.#signalTimer = setTimeout(() => {
      this.#signalIsAway = true;
      this.#update();
    }, SIGNAL_AWAY_MS);
  };

  #update = (): void => {
    const read = readRoom(this.#room);
    this.#snapshot = this.#signalIsAway ? { ...read, state: 'reconnecting' } : read;
    for (const listener of this.#changed) listener();
  };
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
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
    quality: {
      own: QUALITY[room.localParticipant.connectionQuality],
      peer: QUALITY[peers[0]?.connectionQuality ?? ConnectionQuality.Unknown],
    },
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
