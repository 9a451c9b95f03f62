'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import type { Dose } from '#domain/program/dose';
import { breaksOf, stillSigned, unsignedOf } from '#domain/record/breaks';
import { useBreaksWords } from './break-words';
import { useRestrictionWords } from './restriction-words';
import { type PinnedProgram, type PinnedWork, usePinned } from './use-pinned';

export type RestrictionReason = ReturnType<typeof useRestrictionReason>;

type Asks = {
  patientId: string;
  /** Whether anything of a program is about to be published. */
  isPublishing: boolean;
  /** Finds what is in force among the programs; it may be none. */
  find(program: PinnedProgram): boolean;
  /** What is about to be in force, of what is. */
  next(inForce: readonly PinnedWork[]): readonly PinnedWork[];
  /** Why the last try was refused: the server may know of a restriction that has not arrived here. */
  refusal: string | null;
};

/** Why what is published breaks what is restricted. What was typed stays, also while it is not asked for. */
export function useRestrictionReason({ patientId, isPublishing, find, next, refusal }: Asks) {
  const pinned = usePinned(patientId);
  const wordsOf = useBreaksWords();
  const restrictionWords = useRestrictionWords();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const program = pinned?.programs.find(find);
  const before = program?.prescriptions ?? [];
  const after = pinned && pinned.restrictions.length > 0 ? next(before) : [];
  const found = pinned ? breaksOf(pinned.restrictions, after, pinned.day) : [];
  const unsigned = unsignedOf(found, stillSigned(program?.signed ?? [], before, after));
  const isAsked = isPublishing && (unsigned.length > 0 || refusal === 'restriction_reason_needed');
  return {
    ...{ pinned, unsigned, text, isAsked },
    /** What one exercise breaks, in words, whether that was signed or not. */
    brokenBy: (lineageId: string) =>
      found
        .filter((one) => one.lineageId === lineageId)
        .flatMap(({ restrictionId, how }) => {
          const restriction = pinned?.restrictions.find(({ id }) => id === restrictionId);
          return restriction && pinned
            ? [{ words: restrictionWords(restriction, pinned.day), isSure: how === 'over' }]
            : [];
        }),
    /** Which restrictions, and by which exercises. */
    breaks: pinned ? wordsOf(pinned, unsigned, after) : '',
    isMissing: isAsked && isMissing,
    write(words: string) {
      setText(words);
      setMissing(false);
    },
    /** What goes with the publishing; false, and the field says so, where it is asked for and not written. */
    answer(): { restrictionReason: string | null } | false {
      if (!isAsked) return { restrictionReason: null };
      if (text.trim() !== '') return { restrictionReason: text };
      setMissing(true);
      return false;
    },
  };
}

/** The whole program with one dose changed: what a review or a visit publishes. */
export function withDose(lineageId: string, dose: Dose | null) {
  return (inForce: readonly PinnedWork[]): PinnedWork[] =>
    inForce.map((one) => (one.lineageId === lineageId && dose ? { ...one, dose } : one));
}

/** For `find`: the program that prescribes an exercise. */
export const prescribes = (lineageId: string) => (program: PinnedProgram) =>
  program.prescriptions.some((one) => one.lineageId === lineageId);

/** Asked only when it must be answered, beside what publishes: with the name of whoever does it is signed. */
export function RestrictionReasonField({ reason }: { reason: RestrictionReason }) {
  const t = useTranslations('restrictions');
  const field = useRef<HTMLDivElement>(null);
  const { isAsked, isMissing, breaks, text, write } = reason;
  useEffect(() => {
    if (isMissing) field.current?.querySelector('input')?.focus();
  }, [isMissing]);
  if (!isAsked) return null;
  return (
    <div ref={field}>
      <TextField
        label={t('reason')}
        hint={t('reasonHint', { breaks })}
        maxLength={500}
        value={text}
        problem={isMissing ? t('sayWhy') : null}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
