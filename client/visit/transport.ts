import type { CameraChoice, Facing } from '#client/device/media/chosen-devices';
import type { DeviceKind } from '#client/device/media/device-trouble';

/** `down` = the room is lost and a new token is needed. */
type TransportState = 'connecting' | 'connected' | 'reconnecting' | 'down';

/** What arrives, with its sender as the transport proves it: never as the message claims it. */
export type TransportMessage = { channel: 'ink' | 'operation' | 'control'; participantId: string; bytes: Uint8Array };

export type TransportStill = { stillId: string; participantId: string; blob: Blob };

export type RemoteVideo = { participantId: string; attach(element: HTMLVideoElement): () => void };

export type LinkQuality = 'excellent' | 'good' | 'poor' | 'lost' | 'unknown';

export type TransportSnapshot = {
  state: TransportState;
  peers: readonly string[];
  /** Those of them whose camera is on, whether its picture arrives yet or not. */
  peerCameras: readonly string[];
  remoteVideos: readonly RemoteVideo[];
  microphoneOn: boolean;
  cameraOn: boolean;
  /** Where the camera that is on looks; one's own picture is mirrored by it. */
  facing: Facing;
  /** Another window came in under the same name, and this line was ended for it. */
  isReplaced: boolean;
  canPlayAudio: boolean;
  quality: { own: LinkQuality; peer: LinkQuality };
};

/** LiveKit in the product; in tests a room in memory with loss, delay, reorder and reconnect (./memory-transport). */
export interface VisitTransport {
  snapshot(): TransportSnapshot;
  subscribe(listener: () => void): () => void;
  onMessage(listener: (message: TransportMessage) => void): () => void;
  onStill(listener: (still: TransportStill) => void): () => void;
  /** Lossy and unordered. Never throws. */
  sendInk(bytes: Uint8Array<ArrayBuffer>): void;
  /** Reliable and ordered while connected; what was sent before a reconnect may be lost. */
  sendOperation(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  sendControl(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  sendStill(stillId: string, blob: Blob): Promise<void>;
  disconnect(): Promise<void>;
}

/** The camera and microphone of this side, apart from how they travel. */
export interface VisitDevices {
  /** Rejects with what `getUserMedia` says. `deviceId` null = the system's own. */
  setMicrophone(on: boolean, deviceId: string | null): Promise<void>;
  /** Opens another camera where another one is on. Rejects with what `getUserMedia` says; then none may be on. */
  setCamera(on: boolean, choice: CameraChoice): Promise<void>;
  /** A device that was on has gone: unplugged, or taken away by the system. */
  onDeviceEnded(listener: (kind: DeviceKind) => void): () => void;
  /** Sound needs a tap on some phones. */
  startAudio(): Promise<void>;
  localVideo(): MediaStreamTrack | null;
}

/** The connection of this page to the visit's room. */
export type Line = VisitTransport & VisitDevices;

/** What the media server lets a page in with: for one tab, for some minutes. */
export type RoomAccess = { url: string; token: string };
