import 'server-only';
import { type Logger, pino } from 'pino';
import { databaseErrorCode } from '#db/errors';

/**
 * An allow-list: a line holds names, codes, ids and durations. Error messages of the database carry parameters, so of
 * an error only its class, code and stack frames are kept.
 */
export function createLog(level: string): Logger {
  return pino({ level, base: null, serializers: { err: describeError }, timestamp: pino.stdTimeFunctions.isoTime });
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, code: databaseErrorCode(error), frames: frames(error) };
}

function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim());
}
