import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openRecorder, release } from './open-recorder';

const track = { stop: vi.fn() };
const stream = { getTracks: () => [track] };

beforeEach(() => {
  track.stop.mockReset();
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: vi.fn(async () => stream) } });
});
afterEach(() => vi.unstubAllGlobals());

it('a microphone is closed where the browser can record nothing of it', async () => {
  vi.stubGlobal(
    'MediaRecorder',
    class {
      constructor() {
        throw new DOMException('none', 'NotSupportedError');
      }
    },
  );
  await expect(openRecorder()).rejects.toMatchObject({ name: 'NotSupportedError' });
  expect(track.stop).toHaveBeenCalledTimes(1);
});

it('a microphone is open until it is released', async () => {
  vi.stubGlobal(
    'MediaRecorder',
    class {
      readonly stream = stream;
    },
  );
  const recorder = await openRecorder();
  expect(track.stop).not.toHaveBeenCalled();
  release(recorder);
  release(null);
  expect(track.stop).toHaveBeenCalledTimes(1);
});
