'use client';

import { dequal } from 'dequal/lite';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { problemOf } from '#client/api/trpc';
import { useAccount } from '../account-outbox';
import { keepText, readText } from './kept';
import { watchLeaving } from './leaving';
import type { SaverState } from './saver';
import { SavedText, type Stored, type TextAnswer } from './text';

/** Asked again nothing else would be answered. */
const REFUSALS = new Set(['CONFLICT', 'NOT_FOUND', 'FORBIDDEN', 'BAD_REQUEST', 'PAYLOAD_TOO_LARGE']);

/** What became of a save that was refused or did not get through. */
export function outcomeOfProblem(error: unknown): { outcome: 'waits' | 'refused'; reason: string } {
  const { code, reason } = problemOf(error);
  return { outcome: REFUSALS.has(code) ? 'refused' : 'waits', reason };
}

type UseSaved<T> = {
  /** What it is of; the same in each window. */
  name: string;
  /** As the server has it. */
  stored: Stored<T>;
  /** Resolves with the revision that it made. */
  save(value: T, revision: number): Promise<{ revision: number }>;
  /** Reads again what the server has. */
  readAgain(): void;
};

export type Saved<T> = {
  value: T;
  change(value: T): void;
  /** Sends at once what is not saved; true where the server has all of it. */
  flush(): Promise<boolean>;
  /** What another window wrote, where this one did too: somebody chooses. */
  newer: T | null;
  keepMine(): void;
  takeTheirs(): void;
  state: Pick<SaverState<T>, 'isSaving' | 'hasSaved' | 'problem'> & { isUnsaved: boolean };
  /** Nothing is sent meanwhile. */
  pause(isPaused: boolean): void;
  /** What stands here went another way. */
  settle(): void;
};

/** Texts that are not saved go on being saved when their page is gone; the page that comes back finds them. */
const underway = new Map<string, SavedText<unknown>>();

type Latest<T> = Pick<UseSaved<T>, 'save' | 'readAgain'>;

function make<T>(
  id: string,
  stored: Stored<T>,
  latest: { current: Latest<T> },
  keep: (kept: Stored<T> | null) => void,
) {
  const text = new SavedText<T>({
    stored,
    keep,
    isSame: dequal,
    onElsewhere: () => latest.current.readAgain(),
    async save(value, revision): Promise<TextAnswer> {
      try {
        return { outcome: 'saved', revision: (await latest.current.save(value, revision)).revision };
      } catch (error) {
        return outcomeOfProblem(error);
      }
    },
  });
  const stop = watchLeaving(text.saver);
  return {
    text,
    /** Lets go of it as soon as nothing of it waits. */
    leave() {
      void text.saver.flush();
      if (text.saver.state().unsaved === null) return stop();
      underway.set(id, text as SavedText<unknown>);
      const unwatch = text.saver.subscribe(() => {
        if (text.saver.state().unsaved !== null) return;
        if (underway.get(id) === (text as SavedText<unknown>)) underway.delete(id);
        unwatch();
        stop();
      });
    },
  };
}

/**
 * A text that is kept while it is written: saved when the server said so, tried again until it did, there again after a
 * reload, and never written over unseen by another window.
 */
export function useSaved<T>({ name, stored, save, readAgain }: UseSaved<T>): Saved<T> {
  const userId = useAccount() ?? '';
  const latest = useRef<Latest<T>>({ save, readAgain });
  latest.current = { save, readAgain };
  const id = `${userId} ${name}`;
  const [made] = useState(() => {
    const keep = (kept: Stored<T> | null) => void keepText(userId, name, kept);
    return make(id, stored, latest, keep);
  });
  const { text } = made;
  const { saver } = text;
  const { value, newer } = useSyncExternalStore(text.subscribe, text.state, text.state);
  const { unsaved, isSaving, hasSaved, problem } = useSyncExternalStore(saver.subscribe, saver.state, saver.state);

  useEffect(() => {
    // Of a page that was left before: it goes on here with what it could not save.
    const before = underway.get(id) as SavedText<T> | undefined;
    const left = before?.saver.state().unsaved;
    if (before && left) {
      underway.delete(id);
      text.restore({ value: left.value, revision: before.known().revision });
      before.saver.settle();
      return;
    }
    readText(userId, name).then(
      (kept) => {
        if (isStored<T>(kept)) text.restore(kept);
      },
      // A store that cannot be read holds nothing.
      () => undefined,
    );
  }, [id, userId, name, text]);
  useEffect(() => text.follow(stored), [text, stored]);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      // React may take a part away and bring it back at once; only a page that stays away has been left.
      leaving.current = setTimeout(made.leave, 0);
    };
  }, [made]);

  return {
    value,
    newer: newer?.value ?? null,
    change: (next) => text.change(next),
    keepMine: () => text.keepMine(),
    takeTheirs: () => text.takeTheirs(),
    async flush() {
      await saver.flush();
      return saver.state().unsaved === null;
    },
    state: { isUnsaved: unsaved !== null, isSaving, hasSaved, problem },
    pause: (isPaused) => saver.pause(isPaused),
    settle: () => saver.settle(),
  };
}

function isStored<T>(kept: unknown): kept is Stored<T> {
  return typeof kept === 'object' && kept !== null && 'value' in kept && 'revision' in kept;
}
