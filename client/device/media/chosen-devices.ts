export type Facing = 'user' | 'environment';

/** A camera by its name, else (`deviceId` null) the one that looks there. */
export type CameraChoice = { readonly deviceId: string | null; readonly facing: Facing };

/** Which camera and microphone this device opens; null = the system's own. */
export type ChosenDevices = { readonly camera: CameraChoice; readonly microphoneId: string | null };

const KEY = 'regrasp-devices';

/** Which kinds the person wants to be on. */
export type Wanted = { readonly camera: boolean; readonly microphone: boolean };

/** Which camera sees the hand best, this device knows the next time too: at the door, in the visit and for a clip. */
export function rememberDevices(chosen: ChosenDevices): void {
  write(chosen, labelsOf(read()));
  void noteLabels(chosen).catch(() => undefined);
}

/** What was chosen last, under the ids of the page on which it was. */
export const rememberedDevices = (): ChosenDevices => asChosen(read());

/**
 * What was chosen last, under the ids of this page: browsers give a device another id whenever they like, and its name stays.
 * Names are told once the device was allowed; for one that is `wanted` the person is asked, as they would be at its opening.
 */
export async function chosenDevices(wanted: Wanted): Promise<ChosenDevices> {
  const value = read();
  const chosen = asChosen(value);
  const { camera, microphoneId } = chosen;
  if (camera.deviceId === null && microphoneId === null) return chosen;
  const labels = labelsOf(value);
  const here = await namedDevices({
    camera: wanted.camera && camera.deviceId !== null,
    microphone: wanted.microphone && microphoneId !== null,
  }).catch(() => []);
  const idNow = (kind: MediaDeviceKind, id: string | null): string | null => {
    const ofKind = here.filter((device) => device.kind === kind);
    if (id === null || ofKind.some(({ deviceId }) => deviceId === id)) return id;
    const label = labels[id];
    return (label && ofKind.find((device) => device.label === label)?.deviceId) || id;
  };
  const now = {
    camera: { ...camera, deviceId: idNow('videoinput', camera.deviceId) },
    microphoneId: idNow('audioinput', microphoneId),
  };
  write(now, { ...labels, ...labelsFor(now, here) });
  return now;
}

/** The devices of this browser, with their names where they can be had. */
async function namedDevices(wanted: Wanted): Promise<MediaDeviceInfo[]> {
  const here = await navigator.mediaDevices.enumerateDevices();
  const isNameless = (kind: MediaDeviceKind) => here.some((device) => device.kind === kind && device.label === '');
  const video = wanted.camera && isNameless('videoinput');
  const audio = wanted.microphone && isNameless('audioinput');
  if (!video && !audio) return here;
  const stream = await navigator.mediaDevices.getUserMedia({ video, audio });
  for (const track of stream.getTracks()) track.stop();
  return await navigator.mediaDevices.enumerateDevices();
}

type Labels = Readonly<Record<string, string>>;

function labelsFor({ camera, microphoneId }: ChosenDevices, here: readonly MediaDeviceInfo[]): Labels {
  const named = here.filter(({ deviceId, label }) => label && [camera.deviceId, microphoneId].includes(deviceId));
  return Object.fromEntries(named.map(({ deviceId, label }) => [deviceId, label]));
}

async function noteLabels(chosen: ChosenDevices): Promise<void> {
  if (chosen.camera.deviceId === null && chosen.microphoneId === null) return;
  const found = labelsFor(chosen, await navigator.mediaDevices.enumerateDevices());
  const value = read();
  write(asChosen(value), { ...labelsOf(value), ...found });
}

/** Names of what is chosen, and of nothing else: ids of former pages are of no use. */
function write(chosen: ChosenDevices, labels: Labels): void {
  const ids = [chosen.camera.deviceId, chosen.microphoneId];
  const kept = Object.fromEntries(Object.entries(labels).filter(([id]) => ids.includes(id)));
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...chosen, labels: kept }));
  } catch {
    // A full device asks again the next time.
  }
}

function read(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

function labelsOf(value: unknown): Labels {
  const labels = Object.entries(record(record(value).labels));
  return Object.fromEntries(labels.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
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
