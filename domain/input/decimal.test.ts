import { expect, it } from 'vitest';
import { decimalOf } from './decimal';

it.each([
  ['', null],
  ['  ', null],
  ['0.5', 0.5],
  ['0,5', 0.5],
  [' 12 ', 12],
  ['007', 7],
  ['-1', Number.NaN],
  ['1e3', Number.NaN],
  ['1,2,3', Number.NaN],
  ['0.', Number.NaN],
  ['half', Number.NaN],
  ['٠٫٥', 0.5],
  ['１２', 12],
  ['१२', 12],
  ['\u200e12\u00a0', 12],
  ['1 2', Number.NaN],
])('%j is %s', (text, number) => {
  expect(decimalOf(text)).toBe(number);
});
