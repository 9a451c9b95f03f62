export type DeviceKind = 'camera' | 'microphone';

/**
 * Why a device gives nothing: `denied` by the browser or the system, `in_use` by another program, `missing`, `ended` while it
 * was in use (unplugged, or taken away), `failed` otherwise.
 */
export type DeviceTrouble = 'denied' | 'in_use' | 'missing' | 'ended' | 'failed';

const REASONS: Readonly<Record<string, DeviceTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'in_use',
  AbortError: 'in_use',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

/** What an error of `getUserMedia` means to a person. */
export function deviceTrouble(error: unknown): DeviceTrouble {
  // One of them is no `Error` in some browsers.
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === 'string' ? (REASONS[name] ?? 'failed') : 'failed';
}
