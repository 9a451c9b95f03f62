import { describe, expect, it } from 'vitest';
import { DEFAULT_PAIN_POLICY } from '#domain/practice/pain-policy';
import { clinicSettingsSchema, DEFAULT_CLINIC_SETTINGS, editClinicSchema, nextPainPolicy } from './settings';

describe('an edited pain policy', () => {
  it('is counted on when a threshold or its source differs, and only then', () => {
    expect(nextPainPolicy(DEFAULT_PAIN_POLICY, { ...DEFAULT_PAIN_POLICY })).toEqual(DEFAULT_PAIN_POLICY);
    const stricter = { ...DEFAULT_PAIN_POLICY, amberFrom: 3 };
    expect(nextPainPolicy(DEFAULT_PAIN_POLICY, stricter)).toEqual({ ...stricter, version: 2 });
    const sourced = { ...DEFAULT_PAIN_POLICY, source: 'Team meeting' };
    expect(nextPainPolicy({ ...DEFAULT_PAIN_POLICY, version: 7 }, sourced)).toEqual({ ...sourced, version: 8 });
  });

  it.each([
    [{ amberFrom: 7 }, 'painPolicy.redFrom'],
    [{ redFrom: 9 }, 'painPolicy.urgentFrom'],
    [{ source: ' ' }, 'painPolicy.source'],
    [{ redRise: 0 }, 'painPolicy.redRise'],
  ])('is refused where it makes no sense: %j', (change, path) => {
    const clinic = { name: 'Larkfield', phone: '+44 20 7946 0100', emergencyNumber: '999' };
    const parsed = editClinicSchema.safeParse({ ...clinic, painPolicy: { ...DEFAULT_PAIN_POLICY, ...change } });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

describe('a row of an earlier release', () => {
  it('is read with opening hours, what is promised in them, the times of escalation and the words that alarm', () => {
    const {
      hours: _hours,
      replyOpenHours: _reply,
      escalation: _times,
      alarmWords: _words,
      barriers: _hard,
      ...earlier
    } = DEFAULT_CLINIC_SETTINGS;
    expect(clinicSettingsSchema.parse(earlier)).toEqual(DEFAULT_CLINIC_SETTINGS);
  });
});
