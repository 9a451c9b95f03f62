import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chosenDevices, rememberDevices } from './chosen-devices';

type Listed = { kind: 'videoinput' | 'audioinput'; deviceId: string; label: string };

const BOTH = { camera: true, microphone: true };
let listed: Listed[] = [];
let isAllowed = true;
const getUserMedia = vi.fn(async () => {
  isAllowed = true;
  return { getTracks: () => [] };
});

/** A page of its own: the same devices under other ids. */
function nextPage(salt: string, { remembers = true } = {}): void {
  isAllowed = remembers;
  listed = [
    { kind: 'videoinput', deviceId: `front-${salt}`, label: 'Front camera' },
    { kind: 'videoinput', deviceId: `desk-${salt}`, label: 'Document camera' },
    { kind: 'audioinput', deviceId: `mic-${salt}`, label: 'Microphone' },
  ];
}

beforeEach(() => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  vi.stubGlobal('localStorage', storage);
  const enumerateDevices = async () => listed.map((one) => (isAllowed ? one : { ...one, label: '' }));
  vi.stubGlobal('navigator', { mediaDevices: { enumerateDevices, getUserMedia } });
  getUserMedia.mockClear();
  nextPage('a');
});
afterEach(() => vi.unstubAllGlobals());

async function choose(): Promise<void> {
  rememberDevices({ camera: { deviceId: 'desk-a', facing: 'user' }, microphoneId: 'mic-a' });
  await new Promise((resolve) => setTimeout(resolve));
}

describe('the devices that were chosen', () => {
  it('are the system’s own at first, and nobody is asked for that', async () => {
    nextPage('a', { remembers: false });
    expect(await chosenDevices(BOTH)).toEqual({ camera: { deviceId: null, facing: 'user' }, microphoneId: null });
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it('are found by their names on a page that calls them otherwise, and on the one after', async () => {
    await choose();
    for (const salt of ['b', 'c', 'd']) {
      nextPage(salt);
      expect(await chosenDevices(BOTH)).toEqual({
        camera: { deviceId: `desk-${salt}`, facing: 'user' },
        microphoneId: `mic-${salt}`,
      });
    }
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it('are asked for once where their names are not told, and only those that are wanted', async () => {
    await choose();
    nextPage('b', { remembers: false });
    expect((await chosenDevices({ camera: true, microphone: false })).camera.deviceId).toBe('desk-b');
    expect(getUserMedia.mock.calls).toEqual([[{ video: true, audio: false }]]);
  });

  it('stay chosen while they are unplugged', async () => {
    await choose();
    nextPage('b');
    listed = listed.filter(({ label }) => label !== 'Document camera');
    expect((await chosenDevices(BOTH)).camera.deviceId).toBe('desk-a');
    nextPage('c');
    expect((await chosenDevices(BOTH)).camera.deviceId).toBe('desk-c');
  });

  it.each(['null', '"x"', '{"camera":3,"labels":[1],"microphoneId":{}}', 'no JSON'])(
    'are nobody’s where %s was kept',
    async (text) => {
      localStorage.setItem('regrasp-devices', text);
      expect(await chosenDevices(BOTH)).toEqual({ camera: { deviceId: null, facing: 'user' }, microphoneId: null });
    },
  );
});
