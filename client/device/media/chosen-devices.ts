export type Facing = 'user' | 'environment';

/** A camera by its name, else (`deviceId` null) the one that looks there. */
export type CameraChoice = { readonly deviceId: string | null; readonly facing: Facing };

/** Which camera and microphone this device opens; null = the system's own. */
export type ChosenDevices = { readonly camera: CameraChoice; readonly microphoneId: string | null };

const KEY = 'regrasp-devices';
const DEFAULT: ChosenDevices = { camera: { deviceId: null, facing: 'user' }, microphoneId: null };

/** Which camera sees the hand best, this device knows the next time too: at the door, in the visit and for a clip. */
export function rememberDevices(chosen: ChosenDevices): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // A full device asks again the next time.
  }
}

export function rememberedDevices(): ChosenDevices {
  try {
    return asChosen(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return DEFAULT;
  }
}

/** Read as what anybody may have put there. */
function asChosen(value: unknown): ChosenDevices {
  const { camera, microphoneId } = record(value);
  const { deviceId, facing } = record(camera);
  return {
    camera: {
      deviceId: typeof deviceId === 'string' ? deviceId : null,
      facing: facing === 'environment' ? 'environment' : 'user',
    },
    microphoneId: typeof microphoneId === 'string' ? microphoneId : null,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
