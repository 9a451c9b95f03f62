import * as z from 'zod/mini';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { answerSchema, logSetSchema } from '#domain/practice/log';

const KEY = 'regrasp.counted';

const countedSchema = z.object({
  v: z.literal(1),
  lineageId: idSchema,
  sets: z.array(logSetSchema),
  startedAt: epochMsSchema,
  endedAt: epochMsSchema,
  painBefore: answerSchema,
  /** The planned sitting of its day that it answers; null = none. */
  slot: z.nullable(z.int()),
  hurts: z.boolean(),
});

/** What the player counted in a sitting that is over and not logged yet. */
export type Counted = z.infer<typeof countedSchema>;

const keyOf = (lineageId: string) => `${KEY}.${lineageId}`;

/** Keeps it on this device until it is logged or deleted, also when the browser is killed. One per exercise. */
export function keepCounted(counted: Counted): void {
  try {
    localStorage.setItem(keyOf(counted.lineageId), JSON.stringify(counted));
  } catch {
    // A device without room: it is logged from the page, and lost only with the page.
  }
}

export function readCounted(lineageId: string): Counted | null {
  try {
    const parsed = countedSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(lineageId)) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function forgetCounted(lineageId: string): void {
  localStorage.removeItem(keyOf(lineageId));
}
