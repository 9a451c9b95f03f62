import { compareText } from '#domain/input/order';
import type { FramesAnchor, Mark } from './mark';
import type { Author, OperationEnvelope } from './operation';
import { mayOperate, mayRemove } from './rights';

/** Live marks fade this long after receipt, on each side by its own clock. */
export const LIVE_FADE_MS = 4000;

export type CommittedMark = {
  readonly mark: Mark;
  readonly author: Author;
  readonly lamport: number;
  readonly opId: string;
  readonly tMs: number;
};

type StageRegister = {
  readonly stillId: string | null;
  readonly shows: 'patient' | 'clinician';
  readonly lamport: number;
  readonly authorId: string;
  readonly opId: string;
};

/**
 * A join of sets, maps and a register, so order, loss with repetition and regrouping cannot matter. Nothing is
 * dropped because its `opId` was seen: an operation that borrows another's id must not be able to suppress it.
 */
export type AnnotationState = {
  readonly commits: ReadonlyMap<string, CommittedMark>;
  readonly removedByClinician: ReadonlySet<string>;
  /** Mark id to the patients who removed it; counts only for marks of their own. */
  readonly removedByPatient: ReadonlyMap<string, ReadonlySet<string>>;
  readonly stage: StageRegister | null;
  /** Highest clock of a clinician's operation. A patient's clock cannot push the stage out of reach. */
  readonly lamport: number;
};

export type AuthoredOperation = { readonly author: Author; readonly envelope: OperationEnvelope };

type Draft = {
  commits: Map<string, CommittedMark>;
  removedByClinician: Set<string>;
  removedByPatient: Map<string, ReadonlySet<string>>;
  stage: StageRegister | null;
  lamport: number;
};

type Ordered = { readonly lamport: number; readonly authorId: string; readonly opId: string };

export const emptyAnnotations: AnnotationState = {
  commits: new Map(),
  removedByClinician: new Set(),
  removedByPatient: new Map(),
  stage: null,
  lamport: 0,
};

function compareOrder(a: Ordered, b: Ordered): number {
  return a.lamport - b.lamport || compareText(a.authorId, b.authorId) || compareText(a.opId, b.opId);
}

/** A commit as far as it says who keeps the mark's id; where operations have ids of their own, the mark is not asked. */
export type Claim = Omit<CommittedMark, 'mark' | 'tMs'> & { readonly mark?: Mark };

function orderOf(entry: Claim): Ordered {
  return { lamport: entry.lamport, authorId: entry.author.authorId, opId: entry.opId };
}

/** Who keeps a mark id that two commits claim: a clinician before a patient, then the earliest. */
export function claimsFirst(a: Claim, b: Claim): boolean {
  const byRole = Number(b.author.role === 'clinician') - Number(a.author.role === 'clinician');
  const order = byRole || compareOrder(orderOf(a), orderOf(b));
  return (order || compareText(JSON.stringify(a.mark), JSON.stringify(b.mark))) < 0;
}

function commit(draft: Draft, entry: CommittedMark): void {
  const held = draft.commits.get(entry.mark.markId);
  if (!held || claimsFirst(entry, held)) draft.commits.set(entry.mark.markId, entry);
}

function remove(draft: Draft, author: Author, markIds: readonly string[]): void {
  for (const markId of markIds) {
    if (author.role === 'clinician') draft.removedByClinician.add(markId);
    else draft.removedByPatient.set(markId, new Set(draft.removedByPatient.get(markId)).add(author.authorId));
  }
}

function setStage(draft: Draft, next: StageRegister): void {
  const order = draft.stage ? compareOrder(next, draft.stage) : 1;
  const content = (register: StageRegister) => `${register.stillId ?? ''} ${register.shows}`;
  if (order > 0 || (order === 0 && draft.stage && content(next) > content(draft.stage))) draft.stage = next;
}

function applyTo(draft: Draft, { author, envelope }: AuthoredOperation): void {
  const { op, lamport, opId, tMs } = envelope;
  if (!mayOperate(author.role, op)) return;
  if (author.role === 'clinician') draft.lamport = Math.max(draft.lamport, lamport);
  if (op.kind === 'commit') commit(draft, { mark: op.mark, author, lamport, opId, tMs });
  else if (op.kind === 'remove') remove(draft, author, op.markIds);
  else setStage(draft, { stillId: op.stillId, shows: op.shows ?? 'patient', lamport, authorId: author.authorId, opId });
}

/** The state after many operations, in any order and with any repetition; the given state stays as it was. */
export function applyOperations(state: AnnotationState, operations: Iterable<AuthoredOperation>): AnnotationState {
  const draft: Draft = {
    commits: new Map(state.commits),
    removedByClinician: new Set(state.removedByClinician),
    removedByPatient: new Map(state.removedByPatient),
    stage: state.stage,
    lamport: state.lamport,
  };
  for (const operation of operations) applyTo(draft, operation);
  return draft;
}

/** One operation; what the author's role may not do changes nothing. */
export function applyOperation(state: AnnotationState, author: Author, envelope: OperationEnvelope): AnnotationState {
  return applyOperations(state, [{ author, envelope }]);
}

/** The clock for the next operation sent from this state. */
export function nextLamport(state: AnnotationState): number {
  return Math.min(state.lamport + 1, Number.MAX_SAFE_INTEGER);
}

function isTombstoned(state: AnnotationState, entry: CommittedMark): boolean {
  const { markId } = entry.mark;
  if (state.removedByClinician.has(markId)) return true;
  return state.removedByPatient.get(markId)?.has(entry.author.authorId) ?? false;
}

/** A replaced mark stays hidden when its replacement is removed: deleting a moved label must not bring it back. */
function replacedIds(state: AnnotationState): ReadonlySet<string> {
  const replaced = new Set<string>();
  for (const { mark, author } of state.commits.values()) {
    const owner = mark.replaces && state.commits.get(mark.replaces)?.author;
    if (mark.replaces && owner && mayRemove(author, owner)) replaced.add(mark.replaces);
  }
  return replaced;
}

/** Committed minus removed and replaced, in one drawing order for every side (last on top). */
export function visibleMarks(state: AnnotationState): readonly CommittedMark[] {
  const replaced = replacedIds(state);
  return [...state.commits.values()]
    .filter((entry) => !isTombstoned(state, entry) && !replaced.has(entry.mark.markId))
    .sort((a, b) => compareOrder(orderOf(a), orderOf(b)) || compareText(a.mark.markId, b.mark.markId));
}

/** A clip of a surface; `isFirst` where it is the one that the surface was made for. */
export type ClipOfSurface = { readonly mediaId: string; readonly isFirst: boolean };

function isOnClip({ mediaId }: FramesAnchor, clip: ClipOfSurface): boolean {
  return mediaId === undefined ? clip.isFirst : mediaId === clip.mediaId;
}

/**
 * Of the marks of a surface those of frame `frame` (integer index) of a clip; a range holds both its ends. A copy for weak
 * lines shows several frames as one: `shownAsOne` from that frame on.
 */
export function frameMarks(
  visible: readonly CommittedMark[],
  frame: number,
  clip: ClipOfSurface,
  shownAsOne = 1,
): readonly CommittedMark[] {
  return visible.filter(
    ({ mark: { anchor } }) =>
      anchor.kind === 'frames' && isOnClip(anchor, clip) && anchor.from < frame + shownAsOne && frame <= anchor.to,
  );
}

export type StageView = {
  readonly stillId: string | null;
  readonly nowMs: number;
  readonly fadeMs?: number;
  /** When this side received the mark live; null for marks of a restored snapshot, which never replay. */
  readonly receivedAtMs: (markId: string) => number | null;
};

function isUnfaded(markId: string, { nowMs, fadeMs = LIVE_FADE_MS, receivedAtMs }: StageView): boolean {
  const receivedMs = receivedAtMs(markId);
  return receivedMs !== null && nowMs - receivedMs < fadeMs;
}

/** Marks to draw on the stage: those of the still, or (null) the live ones that have not faded yet. */
export function stageMarks(state: AnnotationState, view: StageView): readonly CommittedMark[] {
  return visibleMarks(state).filter(({ mark: { anchor, markId } }) => {
    if (view.stillId === null) return anchor.kind === 'live' && isUnfaded(markId, view);
    return anchor.kind === 'still' && anchor.stillId === view.stillId;
  });
}
