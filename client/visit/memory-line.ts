import type { CameraChoice } from '#client/device/media/chosen-devices';
import type { DeviceKind } from '#client/device/media/device-trouble';
import { type MemoryDevices, MemoryTransport } from './memory-transport';
import type { Line } from './transport';

/** The line of a room in memory with devices that open, refuse and go, for tests. */
export class MemoryLine extends MemoryTransport implements Line {
  /** What asking for a device does now: it opens, or rejects with this. */
  readonly refuses: Record<DeviceKind, Error | null> = { camera: null, microphone: null };
  /** With what each device was opened, in order. */
  readonly cameras: CameraChoice[] = [];
  readonly microphones: (string | null)[] = [];
  readonly #ended = new Set<(kind: DeviceKind) => void>();

  onDeviceEnded = (listener: (kind: DeviceKind) => void): (() => void) => {
    this.#ended.add(listener);
    return () => this.#ended.delete(listener);
  };

  async setMicrophone(on: boolean, deviceId: string | null): Promise<void> {
    await Promise.resolve();
    if (on && this.refuses.microphone) throw this.refuses.microphone;
    if (on) this.microphones.push(deviceId);
    this.#change({ microphoneOn: on });
  }

  async setCamera(on: boolean, choice: CameraChoice): Promise<void> {
    await Promise.resolve();
    if (on && this.refuses.camera) throw this.refuses.camera;
    if (on) this.cameras.push(choice);
    this.#change({ cameraOn: on, facing: choice.facing });
  }

  async startAudio(): Promise<void> {}

  localVideo(): MediaStreamTrack | null {
    return null;
  }

  /** Pulled out while it is in use. */
  unplug(kind: DeviceKind): void {
    this.#change(kind === 'camera' ? { cameraOn: false } : { microphoneOn: false });
    for (const listener of this.#ended) listener(kind);
  }

  /** Another window came in under the same name. */
  async replace(): Promise<void> {
    this.#change({ isReplaced: true });
    await this.disconnect();
  }

  #change(change: Partial<MemoryDevices>): void {
    this.devices = { ...this.devices, ...change };
    this.update();
  }
}
