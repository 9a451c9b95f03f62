import { describe, expect, it } from 'vitest';
import { voiceFor } from './spoken';

const here = (lang: string) => ({ lang, localService: true });
const away = (lang: string) => ({ lang, localService: false });

describe('the voice that reads to a patient', () => {
  it.each([
    ['the own language before another', [here('de-DE'), here('en-US')], 'en', 1],
    ['the very dialect before the language', [here('en-US'), here('en-GB')], 'en-GB', 1],
    ['an Android name with an underscore', [here('en_GB'), here('en_US')], 'en-US', 1],
    ['the first of the language where the dialect is missing', [here('pt-PT'), here('en-AU')], 'en-IN', 1],
  ])('%s', (_what, voices, locale, chosen) => {
    expect(voiceFor(voices, locale)).toBe(voices[chosen]);
  });

  it.each([
    ['a voice of a vendor’s server', [away('en-US')], 'en'],
    ['another language', [here('es-ES')], 'en'],
    ['a language that only begins alike', [here('eng-x')], 'en'],
    ['a device without voices', [], 'en'],
  ])('nobody reads with %s', (_what, voices, locale) => {
    expect(voiceFor(voices, locale)).toBeNull();
  });
});
