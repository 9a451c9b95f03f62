import { expect, it } from 'vitest';
import { clipNotes, isTooLong, minutesOf } from './clip-note';

it('notes of another build are left out, in the order of this one', () => {
  expect(clipNotes(['turned', 'sparkles', 'cut'])).toEqual(['cut', 'turned']);
  for (const nothing of [null, undefined, 'cut', {}, []]) expect(clipNotes(nothing)).toEqual([]);
});

it('five minutes are not too long, nor what containers round', () => {
  expect([299, 300, 300.4, 300.6, 330].map(isTooLong)).toEqual([false, false, false, true, true]);
  expect(minutesOf(330.4)).toEqual({ minutes: 5, seconds: 30 });
});
