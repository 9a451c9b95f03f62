import { describe, expect, it } from 'vitest';
import {
  addPatientSchema,
  CONSENT_KINDS,
  careTeamPartSchema,
  changeConsentSchema,
  editPatientSchema,
  FIRST_USE_CONSENTS,
  isBirthYear,
} from './patient';

const ID = '0193593f-0000-7000-8000-000000000001';
const ana = {
  name: 'Ana Souza',
  birthYear: 1961,
  dominantHand: 'right',
  operatesWith: 'left',
  timeZone: 'America/Sao_Paulo',
  phone: '+55 11 5555 0100',
  emergencyContact: 'Rui Souza, +55 11 5555 0101',
  condition: 'flexor_tendon_repair',
  side: 'right',
  injuryOn: '2026-10-02',
  surgeryOn: '2026-10-03',
  precautions: 'No active flexion before week 4.',
};
const isPatient = (change: object) => addPatientSchema.safeParse({ ...ana, ...change }).success;

describe('a new patient', () => {
  it('is taken as written, with the space around words gone', () => {
    expect(addPatientSchema.parse(ana)).toEqual(ana);
    expect(addPatientSchema.parse({ ...ana, name: '  Ana Souza ' }).name).toBe('Ana Souza');
  });

  it('may be unknown in much', () => {
    const unknown = { birthYear: null, phone: null, emergencyContact: null, injuryOn: null, surgeryOn: null };
    expect(isPatient({ ...unknown, dominantHand: 'unknown', precautions: '' })).toBe(true);
  });

  it.each<[number | null, boolean]>([
    [null, true],
    [1961, true],
    [2026, true],
    [2027, false],
  ])('born in %s, on 30 November 2026: %s', (birthYear, ok) => {
    expect(isBirthYear(birthYear, '2026-11-30')).toBe(ok);
  });

  it.each(Object.keys(ana))('must say something about %s', (key) => {
    expect(isPatient({ [key]: undefined })).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ['a blank name', { name: '  ' }, false],
    ['a name of 120 characters', { name: 'x'.repeat(120) }, true],
    ['a name of 121 characters', { name: 'x'.repeat(121) }, false],
    ['a name with NUL', { name: 'Ana\u0000' }, false],
    ['born in 1900', { birthYear: 1900 }, true],
    ['born in 1899', { birthYear: 1899 }, false],
    ['born in 2101', { birthYear: 2101 }, false],
    ['born in half a year', { birthYear: 1961.5 }, false],
    ['both hands dominant', { dominantHand: 'both' }, true],
    ['a phone held in both hands', { operatesWith: 'both' }, false],
    ['an unknown hand holds the phone', { operatesWith: 'unknown' }, false],
    ['an unknown zone', { timeZone: 'Brasilia' }, false],
    ['an offset for a zone', { timeZone: '-03:00' }, false],
    ['a phone without digits', { phone: '+ () -' }, false],
    ['an empty phone', { phone: '' }, false],
    ['a contact of 201 characters', { emergencyContact: 'x'.repeat(201) }, false],
    ['a blank condition', { condition: ' ' }, false],
    ['a condition in own words', { condition: 'Crush injury, ring finger' }, true],
    ['a condition of 161 characters', { condition: 'x'.repeat(161) }, false],
    ['both sides', { side: 'both' }, true],
    ['neither side', { side: 'none' }, false],
    ['a day that does not exist', { surgeryOn: '2026-02-30' }, false],
    ['an instant for a day', { injuryOn: '2026-10-02T09:00:00Z' }, false],
    ['precautions of 2000 characters', { precautions: 'x'.repeat(2000) }, true],
    ['precautions of 2001 characters', { precautions: 'x'.repeat(2001) }, false],
  ])('%s', (_, change, accepted) => {
    expect(isPatient(change)).toBe(accepted);
  });
});

describe('an edited patient', () => {
  const { name, operatesWith, timeZone, phone, emergencyContact } = ana;
  const edit = { patientId: ID, name, operatesWith, timeZone, phone, emergencyContact };
  it('changes what belongs to the person, not the episode', () => {
    expect(editPatientSchema.parse({ ...ana, ...edit })).toEqual({ ...edit, birthYear: 1961, dominantHand: 'right' });
  });

  it.each([
    { patientId: 'ana' },
    { name: '' },
    { operatesWith: 'both' },
    { timeZone: 'Brasilia' },
    { phone: 'none' },
    { emergencyContact: '' },
  ])('is refused with %j', (change) => {
    expect(editPatientSchema.safeParse({ ...edit, ...change }).success).toBe(false);
  });
});

describe('consent', () => {
  it.each<[string, unknown, boolean]>([
    ['one kind given', { kinds: ['stills'], given: true }, true],
    ['all kinds taken back', { kinds: CONSENT_KINDS, given: false }, true],
    ['nothing', { kinds: [], given: true }, false],
    ['more than there are', { kinds: [...CONSENT_KINDS, 'stills'], given: true }, false],
    ['an unknown kind', { kinds: ['research'], given: true }, false],
    ['neither given nor taken back', { kinds: ['stills'] }, false],
  ])('%s', (_, change, accepted) => {
    expect(changeConsentSchema.safeParse(change).success).toBe(accepted);
  });

  it('before the first use covers care alone: what is taken back later does not lock anybody out', () => {
    expect(FIRST_USE_CONSENTS).toEqual(['telehealth']);
    expect(CONSENT_KINDS).toEqual(['telehealth', 'live_video', 'stills', 'clips', 'caregiver', 'teaching']);
  });
});

it('a place on the care team is one of three', () => {
  expect(careTeamPartSchema.options).toEqual(['lead', 'member', 'cover']);
});
