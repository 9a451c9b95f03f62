import 'server-only';

const RETRY = new Set(['40001', '40P01', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);

/** The driver's code, found through Drizzle's wrapper errors. */
export function databaseErrorCode(error: unknown): string | undefined {
  let current: unknown = error;
  while (current instanceof Error) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return undefined;
}

/** True where running the whole body again may succeed. */
export function isRetryable(error: unknown): boolean {
  return RETRY.has(databaseErrorCode(error) ?? '');
}
