import type { Wanted } from '#client/device/media/chosen-devices';
import type { DeviceKind } from '#client/device/media/device-trouble';
import type { Wishes } from './line-state';

export type DeviceIds = Pick<Wishes, 'cameraId' | 'microphoneId'>;

const KINDS = ['microphone', 'camera'] as const;
const KEY = { microphone: 'microphoneId', camera: 'cameraId' } as const;

/** The id of a device of this kind, as a change of the wishes. */
export const deviceId = (kind: DeviceKind, id: string | null): Partial<Wishes> => ({ [KEY[kind]]: id });

type Host = {
  /** The ids of this page for what was chosen by name; only for kinds that are `wanted` may the person be asked. */
  find(wanted: Wanted): Promise<DeviceIds>;
  /** What was looked for has this id here; one that could not be found keeps its own. */
  found(kind: DeviceKind, id: string | null): void;
};

/**
 * A device that was chosen by its name has another id on every page, and some browsers tell names only once the person was
 * asked. Until it is found it waits, and it alone: coming in waits for no answer.
 */
export class DeviceFinder {
  readonly #host: Host;
  readonly #known = new Set<DeviceKind>();
  readonly #awaited = new Set<DeviceKind>();

  constructor(host: Host) {
    this.#host = host;
  }

  isAwaited(kind: DeviceKind): boolean {
    return this.#awaited.has(kind);
  }

  /** Chosen on this page: nothing is to be looked for. */
  chose(kind: DeviceKind): void {
    this.#known.add(kind);
    this.#awaited.delete(kind);
  }

  /** Looks for what is wished to be on and was not looked for before. */
  look(wishes: Wishes): void {
    const sought = KINDS.filter(
      (kind) => wishes[kind] && wishes[KEY[kind]] !== null && !this.#known.has(kind) && !this.#awaited.has(kind),
    );
    if (sought.length === 0) return;
    for (const kind of sought) this.#awaited.add(kind);
    const wanted = { microphone: sought.includes('microphone'), camera: sought.includes('camera') };
    void this.#host.find(wanted).then(
      (ids) => this.#settle(sought, ids),
      () => this.#settle(sought, wishes),
    );
  }

  #settle(kinds: readonly DeviceKind[], ids: DeviceIds): void {
    for (const kind of kinds) {
      // Another one was chosen meanwhile.
      if (!this.#awaited.delete(kind)) continue;
      this.#known.add(kind);
      this.#host.found(kind, ids[KEY[kind]]);
    }
  }
}
