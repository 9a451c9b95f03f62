/** Why an act was refused, as a word that screens translate. The order follows HTTP: 400, 401, 403, 404, 409, 410, 429, 503. */
export type FailureCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE';

/** A refusal that people may read: `reason` is a key of `failure.*` in the message catalogue. Never carries content. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly reason: string;
  /** How long to wait before the same may be tried again; null where waiting changes nothing. */
  readonly retryAfterMs: number | null;

  constructor(code: FailureCode, reason: string, retryAfterMs: number | null = null) {
    super(`${code}: ${reason}`);
    this.name = 'Failure';
    this.code = code;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Slowed down, not shut out. */
export function tooMany(retryAfterMs: number): Failure {
  return new Failure('TOO_MANY_REQUESTS', 'too_many', retryAfterMs);
}

/** The value of a `Retry-After` header: whole seconds, at least one. */
export function retryAfterSeconds(retryAfterMs: number): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
}

/** What an actor may not know of answers exactly as what does not exist. */
export function notFound(): Failure {
  return new Failure('NOT_FOUND', 'not_found');
}
