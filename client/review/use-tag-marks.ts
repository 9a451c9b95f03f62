'use client';

import { useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { DrawingBoard } from '#client/annotation/board';
import type { ErrorTagMark, FramesAnchor, Mark, Point } from '#domain/annotation/mark';
import { visibleMarks } from '#domain/annotation/state';

type Place = { anchor: FramesAnchor; aspect: number; side: Mark['side'] };

export type TagMarks = {
  placed: readonly ErrorTagMark[];
  /** The tag that may now get its place on the hand. */
  pointing: ErrorTagMark | null;
  /** Puts a tag on a frame; its place on the hand may follow. */
  put(code: string, place: Place): void;
  point(at: Point, aspect: number): void;
  endPointing(): void;
  takeOff(markIds: readonly string[]): void;
};

/** Error tags as marks: committed without a place at once, and again with one when it is shown. */
export function useTagMarks(board: DrawingBoard): TagMarks {
  const [pointingId, setPointingId] = useState<string | null>(null);
  const { annotations } = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  const placed = visibleMarks(annotations).flatMap(({ mark }) => (mark.kind === 'error_tag' ? mark : []));
  const pointing = placed.find((mark) => mark.markId === pointingId) ?? null;
  return {
    placed,
    pointing,
    put(code, place) {
      const markId = uuidv7();
      board.commit({ kind: 'error_tag', markId, code, ...place });
      setPointingId(markId);
    },
    point(at, aspect) {
      if (!pointing) return;
      const { markId: replaces, ...tag } = pointing;
      board.commit({ ...tag, markId: uuidv7(), replaces, point: at, aspect });
      setPointingId(null);
    },
    endPointing: () => setPointingId(null),
    takeOff: (markIds) => board.remove(markIds),
  };
}
