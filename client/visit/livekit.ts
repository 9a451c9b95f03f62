/**
 * What the visit uses of livekit-client. `scripts/build/libraries.mjs` makes one file of these names from the library's
 * sources, without what a visit never uses, and `next.config.js` puts it in the place of `#client/visit/livekit`: imported by
 * that name only (a house rule).
 */

export type {
  ByteStreamReader,
  LocalAudioTrack,
  LocalTrackPublication,
  LocalVideoTrack,
  Participant,
  RemoteTrack,
  RemoteTrackPublication,
} from 'livekit-client';
export {
  AudioPresets,
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  TrackEvent,
  VideoPresets,
} from 'livekit-client';
