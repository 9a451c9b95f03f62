import type { CameraChoice } from '#client/device/media/chosen-devices';
import type { DeviceKind, DeviceTrouble } from '#client/device/media/device-trouble';
import type { Line } from './transport';

/** What the person wants of their devices, wherever the line stands. */
export type Wishes = {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly facing: CameraChoice['facing'];
  /** Chosen by name; null = by where it looks. */
  readonly cameraId: string | null;
  /** Chosen by name; null = the system's own. */
  readonly microphoneId: string | null;
};

/**
 * Where this window stands: `out` at the door, `asking` to come in, `waiting` to be let in, `connecting` for the first time,
 * `live`, `lost` and connecting anew, `elsewhere` since the person went on in another window, `ended` for this person.
 */
export type Phase = 'out' | 'asking' | 'waiting' | 'connecting' | 'live' | 'lost' | 'elsewhere' | 'ended';

export type LineState<L extends Line = Line> = {
  readonly phase: Phase;
  readonly line: L | null;
  readonly participantId: string | null;
  /** Why there is no line; null while none is missed. */
  readonly problem: unknown;
  readonly wishes: Wishes;
  readonly troubles: Readonly<Record<DeviceKind, DeviceTrouble | null>>;
  /** The person is in the visit in another window too: nothing is sent from here until they say where to go on. */
  readonly isDoubled: boolean;
  /** The person left with this window: it shows nothing of the visit any more. */
  readonly hasLeft: boolean;
};
