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
  remoteVideos: readonly RemoteVideo[];
  microphoneOn: boolean;
  cameraOn: boolean;
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
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  flipCamera(): Promise<void>;
  /** Sound needs a tap on some phones. */
  startAudio(): Promise<void>;
  localVideo(): MediaStreamTrack | null;
  facingMode(): 'user' | 'environment';
}

/** The connection of this page to the visit's room. */
export type Line = VisitTransport & VisitDevices;

/** What the media server lets a page in with: for one tab, for some minutes. */
export type RoomAccess = { url: string; token: string };

export type DeviceChoice = { camera: boolean; microphone: boolean; facingMode: 'user' | 'environment' };
