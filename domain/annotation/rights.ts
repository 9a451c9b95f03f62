import { isMeasurement, type Mark } from './mark';
import type { Author, AuthorRole, Operation } from './operation';

function isPatientMark(mark: Mark): boolean {
  return mark.anchor.kind !== 'frames' && !isMeasurement(mark);
}

/**
 * Whether the role may send this operation at all; it needs no state, so every side drops the same operations.
 * A patient's remove passes: which marks it reaches is decided per mark, when the state is read (`mayRemove`).
 */
export function mayOperate(role: AuthorRole, op: Operation): boolean {
  if (role === 'observer') return false;
  if (role === 'clinician') return true;
  if (op.kind === 'stage') return false;
  return op.kind === 'remove' || isPatientMark(op.mark);
}

/** Whether `remover` may take away a mark of `owner`: clinicians any, patients their own. */
export function mayRemove(remover: Author, owner: Author): boolean {
  if (remover.role === 'clinician') return true;
  return remover.role === 'patient' && remover.authorId === owner.authorId;
}

/** Whether the role may send ink in progress and its pointer. */
export function mayDraw(role: AuthorRole): boolean {
  return role !== 'observer';
}
