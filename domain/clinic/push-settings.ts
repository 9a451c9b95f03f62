import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';

/** `version` as in `visit-settings.ts`. Push services of browser makers learn of each message's time: off until the clinic agrees. */
export const pushSettingsSchema = z.object({ version: wholeNumber(1, 1_000_000), isAgreed: z.boolean() });
export type PushSettings = z.infer<typeof pushSettingsSchema>;

export const DEFAULT_PUSH_SETTINGS: PushSettings = { version: 1, isAgreed: false };
