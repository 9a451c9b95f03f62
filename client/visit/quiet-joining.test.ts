import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Observable } from '#client/api/observable';
import { QuietTime } from '#client/api/quiet-time';
import type { Phase } from './line-state';
import { keepQuietWhileJoining } from './quiet-joining';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function followed(phase: Phase) {
  const state = new Observable<{ phase: Phase; note: number }>({ phase, note: 0 });
  const quiet = new QuietTime();
  const end = keepQuietWhileJoining(state, quiet);
  let note = 0;
  return { quiet, end, go: (next: Phase) => state.set({ phase: next, note: ++note }) };
}

it.each<[Phase, boolean]>([
  ['out', false],
  ['asking', true],
  ['waiting', false],
  ['connecting', true],
  ['live', false],
  ['lost', false],
  ['elsewhere', false],
  ['ended', false],
])('%s: quiet is %s', (phase, isQuiet) => {
  expect(followed(phase).quiet.isOn).toBe(isQuiet);
});

it('is quiet from the press until the picture had time to come', () => {
  const { quiet, go } = followed('out');
  go('asking');
  go('connecting');
  vi.advanceTimersByTime(500);
  go('live');
  vi.advanceTimersByTime(599);
  expect(quiet.isOn).toBe(true);
  go('live');
  vi.advanceTimersByTime(1);
  expect(quiet.isOn).toBe(false);
});

it('holds nothing up where the line does not come', () => {
  const { quiet, go } = followed('out');
  go('asking');
  vi.advanceTimersByTime(2000);
  go('connecting');
  go('connecting');
  vi.advanceTimersByTime(1000);
  expect(quiet.isOn).toBe(false);
});

it('lets a patient who has to wait see at once that they are let in', () => {
  const { quiet, go } = followed('out');
  go('asking');
  go('waiting');
  expect(quiet.isOn).toBe(false);
  go('connecting');
  expect(quiet.isOn).toBe(true);
});

it('ends with the page', () => {
  const { quiet, go, end } = followed('out');
  go('asking');
  end();
  expect(quiet.isOn).toBe(false);
});
