import { expect, it } from 'vitest';
import { isolated } from './isolated';

it.each(['', 'Ana Duarte', 'Élodie', 'İpek', '山田 太郎', '😀 Star', '\u{20bb7}野', '+44 20 7946 0100'])(
  '%j stays as it is',
  (name) => {
    expect(isolated(name)).toBe(name);
  },
);

it.each(['דוד כהן', 'علی‌رضا', 'Dr. نور', 'ܐܒܓ', '\u{1e900}\u{1e901}', '\u{10800}'])('%s is an isolate', (name) => {
  expect(isolated(name)).toBe(`\u2068${name}\u2069`);
});
