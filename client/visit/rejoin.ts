import type { DeviceChoice } from './transport';

const keyOf = (visitId: string) => `regrasp-visit-${visitId}`;

/** This tab is in the visit: a reload goes straight back in. Other tabs and the next start of the browser ask again. */
export function rememberForRejoin(visitId: string, devices: DeviceChoice): void {
  sessionStorage.setItem(keyOf(visitId), JSON.stringify(devices));
}

export function forgetRejoin(visitId: string): void {
  sessionStorage.removeItem(keyOf(visitId));
}

export function devicesForRejoin(visitId: string): DeviceChoice | null {
  const stored = sessionStorage.getItem(keyOf(visitId));
  if (!stored) return null;
  try {
    const { camera, microphone, facingMode } = JSON.parse(stored) as Record<string, unknown>;
    return {
      camera: camera === true,
      microphone: microphone === true,
      facingMode: facingMode === 'environment' ? 'environment' : 'user',
    };
  } catch {
    return null;
  }
}
