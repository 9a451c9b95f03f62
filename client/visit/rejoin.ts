import { chosenDevices, rememberDevices, rememberedDevices, type Wanted } from '#client/device/media/chosen-devices';
import type { DeviceIds } from './device-finder';
import type { Wishes } from './line-state';

const keyOf = (visitId: string) => `regrasp-visit-${visitId}`;

/** What this tab keeps of a visit: whether it is in, under which name, and what was wished of its devices. */
export type KeptVisit = { isIn: boolean; nonce: string; wishes: Wanted };

/** A reload goes straight back in, as it was left. Other tabs and the next start of the browser ask again. */
export function writeKeptVisit(visitId: string, kept: Omit<KeptVisit, 'wishes'> & { wishes: Wishes }): void {
  const { microphone, camera, ...chosen } = kept.wishes;
  rememberDevices({ camera: { deviceId: chosen.cameraId, facing: chosen.facing }, microphoneId: chosen.microphoneId });
  try {
    const { isIn, nonce } = kept;
    sessionStorage.setItem(keyOf(visitId), JSON.stringify({ isIn, nonce, microphone, camera }));
  } catch {
    // A full device: the visit goes on, and a reload asks again.
  }
}

/** What was kept, read as what anybody may have put there; null where this tab was not here. */
export function readKeptVisit(visitId: string): KeptVisit | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(visitId)) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { isIn, nonce, microphone, camera } = value as Record<string, unknown>;
    if (typeof nonce !== 'string') return null;
    return { isIn: isIn === true, nonce, wishes: { microphone: microphone === true, camera: camera === true } };
  } catch {
    return null;
  }
}

/** With the devices that were chosen last on this device, under the ids of the page on which they were. Nobody is asked. */
export function wishesOf(wanted: Wanted): Wishes {
  const {
    camera: { deviceId: cameraId, facing },
    microphoneId,
  } = rememberedDevices();
  return { ...wanted, cameraId, facing, microphoneId };
}

/** Their ids on this page; the person is asked where the browser tells no names before, for what is `wanted` alone. */
export async function findDevices(wanted: Wanted): Promise<DeviceIds> {
  const { camera, microphoneId } = await chosenDevices(wanted);
  return { cameraId: camera.deviceId, microphoneId };
}

/** Before anything is known of this device. */
export const SHUT: Wishes = { microphone: false, camera: false, facing: 'user', cameraId: null, microphoneId: null };
