'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type CameraChoice,
  type ChosenDevices,
  chosenDevices,
  type Facing,
  rememberDevices,
  type Wanted,
} from './chosen-devices';
import { type DeviceTrouble, deviceTrouble } from './device-trouble';
import { type Devices, useDevices } from './use-devices';

/** `off` = the person does not want it. */
export type DeviceState = 'asking' | 'ready' | 'off' | DeviceTrouble;

export type DeviceCheck = {
  camera: DeviceState;
  microphone: DeviceState;
  stream: MediaStream | null;
  /** Where the open camera looks. */
  facingMode: Facing;
  chosen: ChosenDevices;
  /** False while what was chosen is looked for: `chosen` is then the system's own. */
  isFound: boolean;
  wanted: Wanted;
  devices: Devices;
  flip(): void;
  chooseCamera(deviceId: string): void;
  chooseMicrophone(deviceId: string): void;
  want(wanted: Wanted): void;
  retry(): void;
  /** Stops both, so that the visit can start them. */
  release(): void;
};

type Asked = { stream: MediaStream | null; camera: DeviceState; microphone: DeviceState };

function videoOf({ deviceId, facing }: CameraChoice): MediaTrackConstraints {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return deviceId === null ? { facingMode: facing, ...size } : { deviceId: { exact: deviceId }, ...size };
}

const soundOf = (deviceId: string | null): true | MediaTrackConstraints =>
  deviceId === null || { deviceId: { exact: deviceId } };

/** Names of the browser's errors where a device that was asked for by its id is gone. */
const GONE = new Set(['OverconstrainedError', 'NotFoundError']);

/** Exactly the one that was chosen, since browsers do not keep to a mere wish; one that is gone is no reason for none. */
async function openOne(chosen: MediaStreamConstraints, other: MediaStreamConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia(chosen);
  } catch (error) {
    // In some browsers it is no `Error`.
    if (!GONE.has((error as { name?: string }).name ?? '')) throw error;
    return await navigator.mediaDevices.getUserMedia(other);
  }
}

/** Asks for both at once, then for each alone: without a microphone the camera is still wanted. */
async function ask({ camera, microphoneId }: ChosenDevices, wanted: Wanted): Promise<Asked> {
  const video = wanted.camera ? videoOf(camera) : false;
  const audio = wanted.microphone && soundOf(microphoneId);
  const off = { stream: null, camera: 'off' as const, microphone: 'off' as const };
  if (!video && !audio) return off;
  if (!navigator.mediaDevices) return { stream: null, camera: 'failed', microphone: 'failed' };
  const states = {
    camera: video ? ('ready' as const) : ('off' as const),
    microphone: audio ? ('ready' as const) : ('off' as const),
  };
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ video, audio }), ...states };
  } catch {
    const [seen, heard] = await Promise.allSettled([
      video ? openOne({ video }, { video: videoOf({ ...camera, deviceId: null }) }) : null,
      audio ? openOne({ audio }, { audio: true }) : null,
    ]);
    const tracks = [seen, heard].flatMap((result) =>
      result.status === 'fulfilled' ? (result.value?.getTracks() ?? []) : [],
    );
    return {
      stream: tracks.length > 0 ? new MediaStream(tracks) : null,
      camera: seen.status === 'fulfilled' ? states.camera : deviceTrouble(seen.reason),
      microphone: heard.status === 'fulfilled' ? states.microphone : deviceTrouble(heard.reason),
    };
  }
}

const stop = (stream: MediaStream | null) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

const BOTH: Wanted = { camera: true, microphone: true };

type Asking = Wanted & { chosen: ChosenDevices | null; isKnown: boolean; round: number };

/** What came of asking; asked anew where anything of it changes. */
function useAsked({ chosen, camera, microphone, isKnown, round }: Asking) {
  const [asked, setAsked] = useState<Asked>({ stream: null, camera: 'asking', microphone: 'asking' });
  const held = useRef<MediaStream | null>(null);
  const release = useCallback(() => {
    stop(held.current);
    held.current = null;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `round` is for
  useEffect(() => {
    if (!chosen || !isKnown) return;
    let gone = false;
    const endings = new AbortController();
    void ask(chosen, { camera, microphone }).then((result) => {
      if (gone) return stop(result.stream);
      held.current = result.stream;
      setAsked(result);
      for (const track of result.stream?.getTracks() ?? []) {
        const kind = track.kind === 'video' ? 'camera' : 'microphone';
        const onEnded = () => setAsked((before) => ({ ...before, [kind]: 'ended' }));
        track.addEventListener('ended', onEnded, { signal: endings.signal });
      }
    });
    return () => {
      gone = true;
      endings.abort();
      release();
    };
  }, [chosen, camera, microphone, isKnown, round, release]);
  return { asked, release };
}

const SYSTEMS_OWN: ChosenDevices = { camera: { deviceId: null, facing: 'user' }, microphoneId: null };

/** The devices before they are used; asked for once it is known what is wanted of them. `from` = how it was left. */
export function useDeviceCheck({
  from = BOTH,
  isKnown = true,
}: {
  from?: Wanted;
  isKnown?: boolean;
} = {}): DeviceCheck {
  const [chosen, setChosen] = useState<ChosenDevices | null>(null);
  const [wish, setWish] = useState<Wanted | null>(null);
  const wanted = { camera: (wish ?? from).camera, microphone: (wish ?? from).microphone };
  const [round, setRound] = useState(0);
  const { asked, release } = useAsked({ ...wanted, chosen, isKnown, round });
  const devices = useDevices(asked.stream !== null);
  const { camera: wantsCamera, microphone: wantsMicrophone } = wanted;
  useEffect(() => {
    if (chosen || !isKnown) return;
    let gone = false;
    void chosenDevices({ camera: wantsCamera, microphone: wantsMicrophone }).then((found) => gone || setChosen(found));
    return () => {
      gone = true;
    };
  }, [chosen, isKnown, wantsCamera, wantsMicrophone]);

  const known = chosen ?? SYSTEMS_OWN;
  function choose(change: Partial<ChosenDevices>) {
    const next = { ...known, ...change };
    rememberDevices(next);
    setChosen(next);
  }
  return {
    ...asked,
    facingMode: facingOf(asked.stream, known.camera),
    chosen: known,
    isFound: chosen !== null,
    wanted,
    devices,
    flip() {
      const facing = known.camera.facing === 'user' ? 'environment' : 'user';
      choose({ camera: { deviceId: null, facing } });
    },
    chooseCamera: (deviceId) => choose({ camera: { ...known.camera, deviceId } }),
    chooseMicrophone: (microphoneId) => choose({ microphoneId }),
    want: setWish,
    retry: () => setRound(round + 1),
    release,
  };
}

/** As the camera says itself; one that says nothing stands on a desk and looks at the person, unless it was asked where to look. */
function facingOf(stream: MediaStream | null, { deviceId, facing }: CameraChoice): Facing {
  const mode = stream?.getVideoTracks()[0]?.getSettings().facingMode;
  if (mode === 'user' || mode === 'environment') return mode;
  return deviceId === null ? facing : 'user';
}
