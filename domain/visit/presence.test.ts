import { describe, expect, it } from 'vitest';
import { type Attendee, presenceOf } from './presence';

const ANA: Attendee = { id: 'ana', role: 'patient', state: 'admitted', leftAt: null };
const NOBODY = { peers: [], cameras: [], seen: [] };
const CONNECTED = { ...NOBODY, peers: ['ana'] };

describe('what is said of somebody in a visit', () => {
  it.each([
    ['never came', undefined, NOBODY, { is: 'not_here' }],
    ['waits at the door', { ...ANA, state: 'waiting' as const }, NOBODY, { is: 'waiting' }],
    ['was turned away', { ...ANA, state: 'removed' as const }, CONNECTED, { is: 'turned_away' }],
    ['was let in and has no line', ANA, NOBODY, { is: 'no_line' }],
    ['left', { ...ANA, state: 'left' as const, leftAt: 5 }, NOBODY, { is: 'left', at: 5 }],
    ['left in one window and is in another', { ...ANA, state: 'left' as const }, CONNECTED, { is: 'camera_off' }],
    ['has the camera off', ANA, CONNECTED, { is: 'camera_off' }],
    ['has it on, and no picture came yet', ANA, { ...CONNECTED, cameras: ['ana'] }, { is: 'camera_starting' }],
    ['is seen', ANA, { peers: ['ana'], cameras: ['ana'], seen: ['ana'] }, { is: 'seen' }],
    ['is not who another one is', ANA, { peers: ['mira'], cameras: ['mira'], seen: ['mira'] }, { is: 'no_line' }],
  ] as const)('%s', (_, person, room, expected) => {
    expect(presenceOf(person, room)).toEqual(expected);
  });
});
