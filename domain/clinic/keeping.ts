import * as z from 'zod/mini';
import { epochMsSchema, wholeNumber } from '#domain/input/fields';
import { DAY_MS } from '#domain/time/duration';

/** A shorter keeping time acts this much later: until then it can be put right, and nothing was removed. */
export const KEEPING_NOTICE_MS = 7 * DAY_MS;

/** Days; null = as long as the record. */
const daysSchema = z.nullable(wholeNumber(1, 3650));

/** `before` holds until `actsAt`, `days` from then on. */
const keptSchema = z.object({ days: daysSchema, before: daysSchema, actsAt: epochMsSchema });
type Kept = z.infer<typeof keptSchema>;

/**
 * How long media are kept by kind: clips from the answer on, stills from when they were taken, demo clips from when
 * another one took their place. `version` counts the changes.
 */
export const keepingSchema = z.object({
  version: wholeNumber(1, 1_000_000),
  clips: keptSchema,
  stills: keptSchema,
  demos: keptSchema,
  /** What a patient's clips of 24 hours may hold, in millions of bytes. */
  clipMegabytesADay: wholeNumber(500, 100_000),
  /** How long a record must be kept after its last entry, in years; until then erasing puts it away. */
  recordYears: wholeNumber(0, 40),
});

export type Keeping = z.infer<typeof keepingSchema>;

const AS_THE_RECORD: Kept = { days: null, before: null, actsAt: 946_684_800_000 };

/**
 * Nothing is removed by itself until a clinic says so: what a record must hold, and how long, differs by country (ten
 * years after the end of treatment in § 630f of Germany's civil code, eight for adults in the UK's NHS records code). The
 * quota is eight of the largest files that are taken. Engineering defaults, not recommendations.
 */
export const DEFAULT_KEEPING: Keeping = {
  version: 1,
  clips: AS_THE_RECORD,
  stills: AS_THE_RECORD,
  demos: AS_THE_RECORD,
  clipMegabytesADay: 4000,
  recordYears: 10,
};

export const KEPT_KINDS = ['clips', 'stills', 'demos'] as const;

/** What an admin edits; `version` is the one that was on screen, another one meanwhile is a conflict. */
export const editKeepingSchema = z.object({
  version: wholeNumber(1, 1_000_000),
  clips: daysSchema,
  stills: daysSchema,
  demos: daysSchema,
  /** The files that phones made, after the answer; 0 = at once. */
  originals: wholeNumber(0, 365),
  clipMegabytesADay: wholeNumber(500, 100_000),
  recordYears: wholeNumber(0, 40),
});

export type EditKeeping = z.infer<typeof editKeepingSchema>;

/** The keeping time in force at an instant, in days; null = as long as the record. */
export function keptDays({ days, before, actsAt }: Kept, nowMs: number): number | null {
  return nowMs >= actsAt ? days : before;
}

const isShorter = (days: number | null, than: number | null) => days !== null && (than === null || days < than);

function nextKept(kept: Kept, days: number | null, nowMs: number): Kept {
  if (days === kept.days) return kept;
  const before = keptDays(kept, nowMs);
  return { days, before, actsAt: isShorter(days, before) ? nowMs + KEEPING_NOTICE_MS : nowMs };
}

/** The next version of the setting. What is to be kept longer is so at once; what is to be kept less long, a week later. */
export function nextKeeping(before: Keeping, edited: Omit<EditKeeping, 'originals'>, nowMs: number): Keeping {
  const { clipMegabytesADay, recordYears } = edited;
  return {
    version: before.version + 1,
    clips: nextKept(before.clips, edited.clips, nowMs),
    stills: nextKept(before.stills, edited.stills, nowMs),
    demos: nextKept(before.demos, edited.demos, nowMs),
    clipMegabytesADay,
    recordYears,
  };
}

/** What a clinic tells patients that it keeps: the setting that comes to act, in days; null = as long as the record. */
export function saidToPatients({ clips, stills }: Keeping): { clips: number | null; stills: number | null } {
  return { clips: clips.days, stills: stills.days };
}

/** The shorter of what a clinic keeps and what a patient agreed to, in days; null = as long as the record. */
export function shorterKept(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

const YEAR_MS = 365.25 * DAY_MS;

/** From when on a record may be deleted for good, by its last entry; epoch ms. */
export function erasableFrom(keeping: Pick<Keeping, 'recordYears'>, lastEntryAt: number): number {
  return lastEntryAt + keeping.recordYears * YEAR_MS;
}
