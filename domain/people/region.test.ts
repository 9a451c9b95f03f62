import { expect, test } from 'vitest';
import { regionalEnglish } from './region';

test.each([
  ['en-GB,en-US;q=0.9,en;q=0.8', 'en-GB'],
  ['en,en-AU;q=0.9', 'en-AU'],
  ['de-DE,de;q=0.9,en-US;q=0.8', 'en-US'],
  ['en-gb', 'en-GB'],
  [' en-IN ; q=1', 'en-IN'],
  ['en-DE,en-NZ;q=0.5', 'en-NZ'],
  ['en-DE', 'en'],
  ['en', 'en'],
  ['fr-CA,fr', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [null, 'en'],
  [`${'x,'.repeat(300)}en-GB`, 'en'],
  ['en-GB-u-ca-buddhist-nu-thai', 'en-GB'],
  ['en-<script>', 'en'],
])('dates for a browser that asks for %j are those of %s', (header, expected) => {
  expect(regionalEnglish(header)).toBe(expected);
});
