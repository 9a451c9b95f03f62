import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';

/** `version` counts the changes. In an edit it is the one that was on screen: another one meanwhile is a conflict. */
export const visitSettingsSchema = z.object({
  version: wholeNumber(1, 1_000_000),
  /** A visit that everybody left ends by itself after so many minutes. */
  emptyMinutes: wholeNumber(5, 240),
});

export type VisitSettings = z.infer<typeof visitSettingsSchema>;

/**
 * A quarter of an hour is longer than a phone or laptop takes to start anew and come back, and shorter than it takes
 * until the next appointment. An engineering default, not a recommendation.
 */
export const DEFAULT_VISIT_SETTINGS: VisitSettings = { version: 1, emptyMinutes: 15 };
