import { expect, it } from 'vitest';
import { isUnreadable, type MediaState, mayLeaveDevice, maySendAgain } from './media';

it.each<[MediaState, string | null, { leaves: boolean; again: boolean; unreadable: boolean }]>([
  ['pending', null, { leaves: false, again: false, unreadable: false }],
  ['pending', 'upload_damaged', { leaves: false, again: false, unreadable: false }],
  ['received', null, { leaves: true, again: false, unreadable: false }],
  ['processing', 'ffmpeg_missing', { leaves: true, again: false, unreadable: false }],
  ['ready', null, { leaves: true, again: false, unreadable: false }],
  ['failed', 'upload_expired', { leaves: false, again: true, unreadable: false }],
  ['failed', 'quota_reached', { leaves: false, again: true, unreadable: false }],
  ['failed', 'consent_missing', { leaves: false, again: true, unreadable: false }],
  // Its bytes are with the clinic, which may try again or remove it.
  ['failed', 'cannot_be_read', { leaves: true, again: false, unreadable: true }],
  ['failed', 'not_a_video', { leaves: true, again: false, unreadable: true }],
  ['deleted', 'withdrawn', { leaves: true, again: false, unreadable: false }],
  ['deleted', 'removed_by_clinic', { leaves: true, again: false, unreadable: false }],
  // Nobody said that the copy on the phone may go.
  ['deleted', 'keeping_over', { leaves: false, again: false, unreadable: false }],
  ['deleted', null, { leaves: false, again: false, unreadable: false }],
])('a clip that is %s, %s', (state, failure, { leaves, again, unreadable }) => {
  expect(mayLeaveDevice({ state, failure })).toBe(leaves);
  expect(maySendAgain(failure)).toBe(again);
  expect(isUnreadable({ state, failure })).toBe(unreadable);
});
