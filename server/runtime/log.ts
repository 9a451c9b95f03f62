import 'server-only';
import { type Logger, pino } from 'pino';
import { databaseErrorCode } from '#db/errors';

/**
 * An allow-list: a line holds names, codes, ids and durations, and of an error its class, code, message and stack.
 * Messages that quote what somebody typed or stored are left out: the statement without its values stands instead.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: null, serializers: { err: describeError }, timestamp: pino.stdTimeFunctions.isoTime });
}

/** What of an error stands in the log. */
export function describeError(error: unknown): {
  name: string;
  code?: string | undefined;
  message?: string;
  statement?: string;
  frames?: string[];
} {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, code: databaseErrorCode(error), ...wordsOf(error), frames: frames(error) };
}

const WORDS_MAX = 300;

/** PostgreSQL quotes values in its messages, Drizzle parameters, JSON.parse and zod what they were given. */
const QUOTES_CONTENT = new Set(['error', 'DatabaseError', 'SyntaxError', 'ZodError', '$ZodError']);

function wordsOf(error: Error): { message?: string; statement?: string } {
  if ('query' in error && 'params' in error) return { statement: String(error.query).slice(0, WORDS_MAX) };
  if (QUOTES_CONTENT.has(error.name) || QUOTES_CONTENT.has(error.constructor.name)) return {};
  return { message: error.message.slice(0, WORDS_MAX) };
}

function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim());
}
