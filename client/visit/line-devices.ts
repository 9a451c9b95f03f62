import type { CameraChoice } from '#client/device/media/chosen-devices';
import type { DeviceKind } from '#client/device/media/device-trouble';
import type { Line } from './transport';

/** Where a device is wished to be: on or off, and which one. Of a microphone the facing means nothing. */
export type Target = { readonly on: boolean; readonly device: CameraChoice };

/** `back` = the device that was open before and may open again; null = it stays off. */
export type DeviceFailure = { readonly error: unknown; readonly back: CameraChoice | null };

type Host = {
  /** Asked before each step: the last wish counts. */
  target(kind: DeviceKind): Target;
  /** Says it, and wishes what is to stand instead; never more than before. */
  failed(kind: DeviceKind, failure: DeviceFailure): void;
};

/** Brings the camera and the microphone of one line where they are wished to be, one step after the other. */
export class LineDevices {
  readonly #line: Line;
  readonly #host: Host;
  /** With what each was opened; null where that is not known. */
  readonly #device: Record<DeviceKind, CameraChoice | null> = { camera: null, microphone: null };
  readonly #isBusy: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  #isClosed = false;

  constructor(line: Line, host: Host) {
    this.#line = line;
    this.#host = host;
  }

  /** What is wished meanwhile comes next. */
  apply(kind: DeviceKind): void {
    if (!this.#isBusy[kind]) void this.#bring(kind);
  }

  close(): void {
    this.#isClosed = true;
  }

  async #bring(kind: DeviceKind): Promise<void> {
    this.#isBusy[kind] = true;
    let target = this.#host.target(kind);
    while (!this.#isClosed && !this.#isThere(kind, target)) {
      const wasOn = this.#isOn(kind);
      try {
        await this.#open(kind, target);
        if (target.on) this.#device[kind] = target.device;
      } catch (error) {
        this.#failed(kind, target, { error, wasOn });
      }
      const next = this.#host.target(kind);
      // A device that does not follow is not asked for ever.
      if (next.on === target.on && isSame(next.device, target.device)) break;
      target = next;
    }
    this.#isBusy[kind] = false;
  }

  #failed(kind: DeviceKind, target: Target, { error, wasOn }: { error: unknown; wasOn: boolean }): void {
    const before = this.#device[kind];
    this.#device[kind] = null;
    if (this.#isClosed || !target.on) return;
    const canGoBack = wasOn && before !== null && !isSame(before, target.device) && this.#host.target(kind).on;
    this.#host.failed(kind, { error, back: canGoBack ? before : null });
  }

  #open(kind: DeviceKind, { on, device }: Target): Promise<void> {
    return kind === 'camera' ? this.#line.setCamera(on, device) : this.#line.setMicrophone(on, device.deviceId);
  }

  #isOn(kind: DeviceKind): boolean {
    const { cameraOn, microphoneOn } = this.#line.snapshot();
    return kind === 'camera' ? cameraOn : microphoneOn;
  }

  #isThere(kind: DeviceKind, target: Target): boolean {
    return this.#isOn(kind) === target.on && (!target.on || isSame(this.#device[kind], target.device));
  }
}

/** A device by name is that device; else the side counts that it looks to. */
function isSame(a: CameraChoice | null, b: CameraChoice): boolean {
  return a !== null && a.deviceId === b.deviceId && (b.deviceId !== null || a.facing === b.facing);
}
