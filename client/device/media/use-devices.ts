import { useEffect, useState } from 'react';

export type Device = { readonly id: string; readonly label: string };
export type Devices = { readonly cameras: readonly Device[]; readonly microphones: readonly Device[] };

const NONE: Devices = { cameras: [], microphones: [] };

/** What stands for another device of the list: the system's choice of the moment. */
const ALIASES: ReadonlySet<string> = new Set(['default', 'communications', '']);

async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind) =>
    all
      .filter((device) => device.kind === kind && !ALIASES.has(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { cameras: of('videoinput'), microphones: of('audioinput') };
}

/**
 * The cameras and microphones of this device. Browsers name them once one of them was allowed: `isOpen` says when to look
 * again.
 */
export function useDevices(isOpen: boolean): Devices {
  const [devices, setDevices] = useState<Devices>(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again once a device was opened
  useEffect(() => {
    let gone = false;
    const read = () =>
      void listDevices().then(
        (found) => gone || setDevices(found),
        () => undefined,
      );
    read();
    navigator.mediaDevices?.addEventListener?.('devicechange', read);
    return () => {
      gone = true;
      navigator.mediaDevices?.removeEventListener?.('devicechange', read);
    };
  }, [isOpen]);
  return devices;
}
