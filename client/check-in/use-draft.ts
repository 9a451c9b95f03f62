'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { changeClip, removeClip } from '#client/device/clip-store';
import type { Outbox } from '#client/device/outbox';
import {
  type CheckInDraft,
  discardDraft,
  isBegun,
  newDraft,
  readDraft,
  resumeDraft,
  sendAll,
  sendAnswersAhead,
  writeDraft,
} from './draft';
import { removeDraft } from './draft-store';

export type DraftChange = Partial<
  Pick<
    CheckInDraft,
    | 'lineageId'
    | 'clock'
    | 'programVersionId'
    | 'pain'
    | 'redFlags'
    | 'said'
    | 'shown'
    | 'question'
    | 'answeredAt'
    | 'ahead'
    | 'clipId'
    | 'sentAt'
    | 'withoutClip'
  >
>;

type KeptDraft = {
  draft: CheckInDraft;
  /** This device could not keep the last change: it stands on this page alone. */
  isOnPageOnly: boolean;
  change(change: DraftChange): Promise<void>;
  /** The questions are answered. `ahead` = the clinic must know at once, without waiting for a clip. */
  answer(ahead: boolean, shown: CheckInDraft['shown'], programVersionId: string | undefined): Promise<void>;
  /** Filmed by a version of the program, which may be another one when it is looked at. */
  keepClip(clipId: string | null, programVersionId: string | undefined): Promise<void>;
  /** Queues everything; throws where the clip is not on this device any more. */
  send(): Promise<void>;
  /** Queues the answers as all there will be. */
  sendWithoutClip(): Promise<void>;
  startOver(): Promise<void>;
};

type Options = { userId: string; outbox: Outbox; about: string | null; fallback: string | null };

/** Null while it is read. A draft whose questions are still open follows `about`, the exercise of the page's address. */
export function useCheckInDraft({ userId, outbox, about, fallback }: Options): KeptDraft | null {
  const [draft, setDraft] = useState<CheckInDraft | null>(null);
  const [isOnPageOnly, setOnPageOnly] = useState(false);
  const latest = useRef<CheckInDraft | null>(null);
  const show = useCallback((next: CheckInDraft) => {
    latest.current = next;
    setDraft(next);
  }, []);
  useEffect(() => {
    let current = true;
    const begin = (kept: CheckInDraft | null) => {
      if (!current) return;
      const found = kept ?? newDraft(about ?? fallback);
      show(found.answeredAt === null && about !== null ? { ...found, lineageId: about } : found);
    };
    // A device that cannot read its own store still asks what it is about.
    resumeDraft(outbox, userId).then(begin, () => begin(null));
    return () => {
      current = false;
    };
  }, [outbox, userId, about, fallback, show]);
  if (!draft) return null;

  const now = () => latest.current ?? draft;
  async function change(part: DraftChange) {
    const next = { ...now(), ...part };
    show(next);
    try {
      await writeDraft(userId, next);
      setOnPageOnly(false);
    } catch {
      setOnPageOnly(true);
    }
  }
  const fresh = () => show(newDraft(about ?? fallback));
  return { draft, isOnPageOnly, change, ...actsOn({ userId, outbox, now, change, fresh }) };
}

type Acts = Omit<KeptDraft, 'draft' | 'isOnPageOnly' | 'change'>;
type ActsOn = Pick<Options, 'userId' | 'outbox'> & {
  now(): CheckInDraft;
  change: KeptDraft['change'];
  fresh(): void;
};

/** What is done with a draft as a whole. */
function actsOn({ userId, outbox, now, change, fresh }: ActsOn): Acts {
  return {
    async answer(ahead, shown, programVersionId) {
      await change({
        answeredAt: deviceNow(),
        clock: deviceClock(),
        ahead: ahead ? 'queueing' : 'no',
        shown,
        programVersionId,
      });
      if (!ahead) return;
      try {
        await sendAnswersAhead(outbox, now());
      } finally {
        // What the device could not keep is on its way from this page.
        await change({ ahead: 'queued' });
      }
    },
    async keepClip(clipId, programVersionId) {
      const before = now().clipId;
      await change({ clipId, programVersionId });
      if (before !== null && before !== clipId) await removeClip(before);
    },
    async send() {
      const { clipId } = now();
      // By its owner's word it is tried again, whatever happened before.
      if (clipId !== null) await changeClip(clipId, { begun: 0 });
      await change({ sentAt: deviceNow(), clock: deviceClock() });
      if (!(await sendAll(outbox, now()))) {
        await change({ sentAt: null, clipId: null });
        throw new Error('the clip is not on this device any more');
      }
      await removeDraft(userId).catch(() => undefined);
    },
    async sendWithoutClip() {
      await change({ sentAt: deviceNow(), clock: deviceClock(), withoutClip: true });
      await sendAll(outbox, now());
      // One that stays is sent again with the next page, without effect.
      await removeDraft(userId).catch(() => undefined);
    },
    async startOver() {
      await discardDraft(userId, now());
      fresh();
    },
  };
}

/** What is under way on this device; undefined until it was read. */
function useKeptDraft(userId: string): CheckInDraft | null | undefined {
  const [kept, setKept] = useState<CheckInDraft | null>();
  useEffect(() => {
    let current = true;
    void readDraft(userId).then((draft) => {
      if (current) setKept(draft);
    });
    return () => {
      current = false;
    };
  }, [userId]);
  return kept;
}

export function useHasDraft(userId: string): boolean {
  const draft = useKeptDraft(userId);
  return draft ? isBegun(draft) : false;
}

/** The clip of the check-in under way; undefined until that is known. */
export function useDraftClip(userId: string): string | null | undefined {
  const draft = useKeptDraft(userId);
  return draft === undefined ? undefined : (draft?.clipId ?? null);
}
