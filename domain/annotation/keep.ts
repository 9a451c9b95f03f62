import type { Mark } from './mark';
import { type AnnotationState, type CommittedMark, type StageView, stageMarks } from './state';

/** Live marks can still be kept this long after they arrived: a drawing fades before a hand has found the button. */
export const KEEP_WITHIN_MS = 10_000;

/** The live marks that "Keep" takes: what was drawn lately and is not removed, faded or not. */
export function lastLiveMarks(
  state: AnnotationState,
  view: Pick<StageView, 'nowMs' | 'receivedAtMs'>,
): readonly CommittedMark[] {
  return stageMarks(state, { ...view, stillId: null, fadeMs: KEEP_WITHIN_MS });
}

type Keep = { markIds: readonly string[]; authorId: string; stillId: string; newId(): string };

/** An author's own live marks as marks of a still, each in the place of the live one. */
export function keptMarks(state: AnnotationState, { markIds, authorId, stillId, newId }: Keep): Mark[] {
  return markIds.flatMap((markId) => {
    const entry = state.commits.get(markId);
    if (entry?.author.authorId !== authorId || entry.mark.anchor.kind !== 'live') return [];
    return [{ ...entry.mark, markId: newId(), anchor: { kind: 'still', stillId }, replaces: markId } satisfies Mark];
  });
}
