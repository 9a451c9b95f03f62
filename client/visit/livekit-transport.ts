import type { CameraChoice, Facing } from '#client/device/media/chosen-devices';
import type { DeviceKind } from '#client/device/media/device-trouble';
import {
  AudioPresets,
  type ByteStreamReader,
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  type LocalAudioTrack,
  type LocalTrackPublication,
  type LocalVideoTrack,
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  TrackEvent,
  VideoPresets,
} from '#client/visit/livekit';
import { participantOfIdentity } from '#domain/visit/identity';
import type {
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

const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function newRoom(): Room {
  return new Room({
    adaptiveStream: { pixelDensity: 'screen', pauseVideoInBackground: false },
    dynacast: true,
    disconnectOnPageLeave: true,
    dataStream: { maxPayloadByteLength: STILL_BYTES_MAX },
    audioCaptureDefaults: AUDIO,
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

/** Made at the door: a room object, whose first making takes its time, and a warm connection to the media server. */
let ready: { url: string; room: Room } | null = null;

/** Makes ready what joining takes, before it is pressed; connects to nothing. */
export function prepareLiveKit({ url, token }: RoomAccess): void {
  if (ready?.url === url) return;
  ready = { url, room: newRoom() };
  void ready.room.prepareConnection(url, token);
  void warmUp().catch(() => undefined);
}

/** The first connection of a page starts the browser's own media engine: one that leads nowhere has started it before. */
async function warmUp(): Promise<void> {
  const nowhere = new RTCPeerConnection();
  nowhere.addTransceiver('video', { direction: 'recvonly' });
  nowhere.createDataChannel('warm');
  await nowhere.setLocalDescription(await nowhere.createOffer());
  nowhere.close();
}

function takeReady(url: string): Room {
  const room = ready?.url === url ? ready.room : newRoom();
  ready = null;
  return room;
}

/** Joins a LiveKit room; what is published, the line's devices say. Rejects where the server cannot be reached. */
export async function joinLiveKit({ url, token }: RoomAccess): Promise<Line> {
  const room = takeReady(url);
  const transport = new LiveKitTransport(room);
  await room.connect(url, token, { maxRetries: 2, peerConnectionTimeout: 60_000, websocketTimeout: 15_000 });
  return transport;
}

class LiveKitTransport implements VisitTransport, VisitDevices {
  readonly #room: Room;
  readonly #changed = new Set<() => void>();
  readonly #messages = new Set<(message: TransportMessage) => void>();
  readonly #stills = new Set<(still: TransportStill) => void>();
  readonly #ended = new Set<(kind: DeviceKind) => void>();
  /** With what each device was opened last. */
  #camera: CameraChoice = { deviceId: null, facing: 'user' };
  #microphoneId: string | null = null;
  #isReplaced = false;
  #snapshot: TransportSnapshot;
  #signalTimer: ReturnType<typeof setTimeout> | undefined;
  #signalIsAway = false;

  constructor(room: Room) {
    this.#room = room;
    this.#snapshot = this.#read();
    room.on(RoomEvent.Disconnected, (reason) => {
      this.#isReplaced = reason === DisconnectReason.DUPLICATE_IDENTITY;
      this.#update();
    });
    room.on(RoomEvent.LocalTrackPublished, (publication) => this.#watchDevice(publication));
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

  onDeviceEnded = (listener: (kind: DeviceKind) => void) => listen(this.#ended, listener);

  async setMicrophone(on: boolean, deviceId: string | null): Promise<void> {
    const { localParticipant } = this.#room;
    const options = deviceId === null ? AUDIO : { ...AUDIO, deviceId: { exact: deviceId } };
    const track = localParticipant.getTrackPublication(Track.Source.Microphone)?.audioTrack as LocalAudioTrack;
    try {
      if (on && track && deviceId !== this.#microphoneId) await track.restartTrack(options);
      await localParticipant.setMicrophoneEnabled(on, options);
      if (on) this.#microphoneId = deviceId;
    } finally {
      this.#update();
    }
  }

  async setCamera(on: boolean, choice: CameraChoice): Promise<void> {
    const { localParticipant } = this.#room;
    const { deviceId, facing } = choice;
    const which = deviceId === null ? { facingMode: facing } : { deviceId: { exact: deviceId } };
    const options = { ...which, resolution: VideoPresets.h720.resolution };
    const track = cameraTrack(this.#room);
    try {
      // A camera that was switched off starts as it last was: it is told of another choice first.
      const isOther = this.#camera.deviceId !== deviceId || this.#camera.facing !== facing;
      if (on && track && (isOther || !track.isMuted)) await track.restartTrack(options);
      await localParticipant.setCameraEnabled(on, options);
      if (on) this.#camera = choice;
    } finally {
      this.#update();
    }
  }

  startAudio(): Promise<void> {
    return this.#room.startAudio();
  }

  localVideo(): MediaStreamTrack | null {
    return cameraTrack(this.#room)?.mediaStreamTrack ?? null;
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

  #watchDevice({ track, source }: LocalTrackPublication): void {
    if (source !== Track.Source.Camera && source !== Track.Source.Microphone) return;
    const kind = source === Track.Source.Camera ? 'camera' : 'microphone';
    track?.on(TrackEvent.Ended, () => {
      this.#update();
      for (const listener of this.#ended) listener(kind);
    });
  }

  #read(): TransportSnapshot {
    const facing = facingOf(this.localVideo(), this.#camera);
    return { ...readRoom(this.#room), facing, isReplaced: this.#isReplaced };
  }

  #update = (): void => {
    const read = this.#read();
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
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
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

/** Where the open camera looks: as it says itself; a camera of a desk says nothing and looks at the person. */
function facingOf(track: MediaStreamTrack | null, asked: CameraChoice): Facing {
  const { facingMode } = track?.getSettings() ?? {};
  if (facingMode === 'user' || facingMode === 'environment') return facingMode;
  return asked.deviceId === null ? asked.facing : 'user';
}

const STATES: Record<ConnectionState, TransportSnapshot['state']> = {
  [ConnectionState.Connecting]: 'connecting',
  [ConnectionState.Connected]: 'connected',
  [ConnectionState.Reconnecting]: 'reconnecting',
  [ConnectionState.SignalReconnecting]: 'connected',
  [ConnectionState.Disconnected]: 'down',
};

function readRoom(room: Room): Omit<TransportSnapshot, 'facing' | 'isReplaced'> {
  const peers = [...room.remoteParticipants.values()];
  return {
    state: STATES[room.state],
    peers: peers.map((peer) => participantOfIdentity(peer.identity)),
    peerCameras: peers.filter((peer) => peer.isCameraEnabled).map((peer) => participantOfIdentity(peer.identity)),
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
