import * as z from 'zod/mini';
import { localNames, readLocal, writeLocal } from '#client/device/saved/local';
import { idSchema } from '#domain/input/fields';
import { packPrescriptionSchema } from '#domain/practice/day-pack';
import { answerSchema, logSetSchema } from '#domain/practice/log';
import { type PracticeRun, practiceRunSchema } from '#domain/practice/run';
import { deviceMsSchema } from '#domain/time/device-clock';
import { COUNTED_KEY, OLDER_RUN, olderKeys } from './older-counts';

const countedSchema = z.object({
  v: z.literal(1),
  lineageId: idSchema,
  sets: z.array(logSetSchema),
  startedAt: deviceMsSchema,
  endedAt: deviceMsSchema,
  painBefore: answerSchema,
  /** The planned sitting of its day that it answers; null = none. */
  slot: z.nullable(z.int()),
  hurts: z.boolean(),
  /** Whose it is, and what was prescribed then: it can be logged when the program has changed. Earlier builds kept neither. */
  patientId: z.optional(idSchema),
  prescription: z.optional(packPrescriptionSchema),
  /** Where the count stood, to go on with; none where it ran to its end. */
  run: z.optional(practiceRunSchema),
  /** Nobody stopped it: the player runs, or was left while it ran. */
  isUnderway: z.optional(z.boolean()),
});

/** What the player counted in a sitting that is not logged yet. */
export type Counted = z.infer<typeof countedSchema>;

const keyOf = (lineageId: string) => `${COUNTED_KEY}.${lineageId}`;

/** Keeps it on this device until it is logged or deleted, also when the browser is killed. One per exercise. */
export function keepCounted(counted: Counted): void {
  writeLocal(keyOf(counted.lineageId), counted);
}

function parsed(value: unknown): Counted | null {
  const found = countedSchema.safeParse(value);
  return found.success ? found.data : null;
}

/** As earlier builds kept it, for whoever uses the browser. */
function readOlder(key: string): Counted | null {
  try {
    return parsed(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return null;
  }
}

/** The day of this person must have been read (`useDay`): with it comes what was counted. */
export function readCounted(lineageId: string): Counted | null {
  return parsed(readLocal(keyOf(lineageId))) ?? readOlder(keyOf(lineageId));
}

/** All that this device counted and that is not logged yet, the earliest first. */
export function listCounted(): Counted[] {
  const here = localNames().filter((name) => name.startsWith(keyOf('')));
  return [
    ...here.flatMap((name) => parsed(readLocal(name)) ?? []),
    ...olderKeys().flatMap((key) => (here.includes(key) ? [] : (readOlder(key) ?? []))),
  ].sort((a, b) => a.startedAt - b.startedAt);
}

export function forgetCounted(lineageId: string): void {
  writeLocal(keyOf(lineageId), null);
  try {
    localStorage.removeItem(keyOf(lineageId));
    sessionStorage.removeItem(OLDER_RUN);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** A sitting that was under way in this tab when the build was renewed. */
export function readOlderRun(lineageId: string): PracticeRun | null {
  try {
    const parsed = practiceRunSchema.safeParse(JSON.parse(sessionStorage.getItem(OLDER_RUN) ?? 'null'));
    return parsed.success && parsed.data.lineageId === lineageId ? parsed.data : null;
  } catch {
    return null;
  }
}
