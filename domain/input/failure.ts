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

  constructor(code: FailureCode, reason: string) {
    super(`${code}: ${reason}`);
    this.name = 'Failure';
    this.code = code;
    this.reason = reason;
  }
}

/** What an actor may not know of answers exactly as what does not exist. */
export function notFound(): Failure {
  return new Failure('NOT_FOUND', 'not_found');
}
