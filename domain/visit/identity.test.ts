import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveKitIdentity, participantOfIdentity } from './identity';
import { tabNonceSchema } from './lifecycle';

const ID = '0193593f-0000-7000-8000-000000000001';
const OTHER_ID = '0193593f-0000-7000-8000-000000000002';

describe('an identity in the room', () => {
  it('is the participant and the tab, and the author is the part before the colon', () => {
    expect(liveKitIdentity(ID, 'tab00001')).toBe(`${ID}:tab00001`);
    expect(participantOfIdentity(`${ID}:tab00001`)).toBe(ID);
  });

  it.each([
    ['without a tab', ID, ID],
    ['with more colons', `${ID}:a:b`, ID],
    ['that claims another behind the colon', `${ID}:${OTHER_ID}`, ID],
    ['of nobody', ':tab00001', ''],
    ['empty', '', ''],
  ])('%s', (_, identity, participant) => {
    expect(participantOfIdentity(identity)).toBe(participant);
  });

  it('comes back whatever the tab', () => {
    const nonce = fc.stringMatching(/^[a-z0-9]{8,16}$/);
    fc.assert(
      fc.property(fc.uuid(), nonce, (participant, tab) => {
        expect(tabNonceSchema.safeParse(tab).success).toBe(true);
        expect(participantOfIdentity(liveKitIdentity(participant, tab))).toBe(participant);
      }),
    );
  });
});
