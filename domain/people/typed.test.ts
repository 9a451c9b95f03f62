import { describe, expect, it } from 'vitest';
import { reasonSchema } from './record';
import { isNameOf, reasonOf } from './typed';

describe('what is typed before a record is erased', () => {
  it.each([
    ['Ana Duarte', true],
    ['  ana   duarte ', true],
    ['Ana', false],
    ['', false],
  ])('the name %j', (typed, is) => {
    expect(isNameOf(typed, 'Ana Duarte')).toBe(is);
  });

  it.each(['', 'too short', '          ', 'long enough', ' long enough '])(
    'the reason %j, as the server takes it',
    (typed) => {
      const parsed = reasonSchema.safeParse(typed);
      expect(reasonOf(typed)).toBe(parsed.success ? parsed.data : null);
    },
  );
});
