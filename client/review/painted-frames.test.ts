import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFrames } from './painted-frames';

let paint: (() => void)[] = [];
beforeEach(() => {
  paint = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => paint.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => {
    paint = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

function video(says: boolean) {
  const element = Object.assign(new EventTarget(), { currentTime: 0 }) as EventTarget & { currentTime: number };
  let next: VideoFrameRequestCallback | null = null;
  const api = {
    requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => {
      next = callback;
      return 1;
    },
    cancelVideoFrameCallback: () => {
      next = null;
    },
  };
  const played = Object.assign(element, says ? api : {}) as unknown as HTMLVideoElement;
  return {
    played,
    paints: (mediaTime: number) => next?.(0, { mediaTime } as VideoFrameCallbackMetadata),
    isWatched: () => next !== null,
  };
}

describe('the frame that is seen', () => {
  it('is the one that the browser says it painted', () => {
    const { played, paints, isWatched } = video(true);
    const frames: number[] = [];
    const stop = watchFrames(played, 30, (frame) => void frames.push(frame));
    paints(2 / 30 + 0.001);
    paints(3 / 30);
    expect(frames).toEqual([2, 3]);
    stop();
    expect(isWatched()).toBe(false);
  });

  it('is where the clip stands, in a browser that does not say', () => {
    const { played } = video(false);
    const frames: number[] = [];
    const stop = watchFrames(played, 30, (frame) => void frames.push(frame));
    played.currentTime = 4.5 / 30;
    paint.shift()?.();
    played.currentTime = 5.5 / 30;
    played.dispatchEvent(new Event('seeked'));
    expect(frames).toEqual([4, 5]);
    stop();
    played.dispatchEvent(new Event('seeked'));
    expect([frames, paint]).toEqual([[4, 5], []]);
  });
});
