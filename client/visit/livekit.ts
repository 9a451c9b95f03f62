/** What the visit uses of livekit-client. `next.config.js` makes one file of these names from the library's sources. */

export type {
  ByteStreamReader,
  LocalVideoTrack,
  Participant,
  RemoteTrack,
  RemoteTrackPublication,
} from 'livekit-client';
export {
  AudioPresets,
  ConnectionQuality,
  ConnectionState,
  Room,
  RoomEvent,
  setLogLevel,
  Track,
  VideoPresets,
} from 'livekit-client';
