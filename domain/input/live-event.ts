import * as z from 'zod/mini';

const LIVE_TOPICS = [
  'visit',
  'visit_ink',
  'check_in',
  'queue',
  'program',
  'log',
  'flag',
  'notice',
  'patient',
  'media',
  'exercise',
  'message',
  // What is measured of a hand, and what it must not do.
  'measure',
  // Logins of an account have ended; for the server itself, which closes their streams.
  'session',
] as const;

/** What changed, never how: a page reads again what it shows. */
export const liveEventSchema = z.object({ topic: z.enum(LIVE_TOPICS), id: z.string().check(z.maxLength(64)) });

export type LiveEvent = z.infer<typeof liveEventSchema>;
export type LiveTopic = LiveEvent['topic'];

/**
 * An event as a page is told of it: about whose record, and which queries it makes old by their names, `noun.verb`; null
 * = any of them, since something may have been missed.
 */
export type ToldEvent = LiveEvent & { patientId: string | null; queries: readonly string[] | null };
