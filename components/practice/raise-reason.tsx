'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterFlags } from '#client/practice/place-after';
import { TextField } from '#components/form/field';
import { useHeadline } from './flags/flag-line';

export type RaiseReason = ReturnType<typeof useRaiseReason>;

type Asks = {
  patientId: string;
  /** More is asked than what is in force. */
  isRaised: boolean;
  /** Why the last try was refused: the server may know of a flag that has not arrived here. */
  refusal: string | null;
};

/** Why more is asked while a flag is open. What was typed stays, also while it is not asked for. */
export function useRaiseReason({ patientId, isRaised, refusal }: Asks) {
  const pages = useInfiniteQuery(
    useTRPC().flags.open.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterFlags }),
  );
  const flags = pages.data?.pages.flat() ?? [];
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const isAsked = isRaised && (flags.length > 0 || refusal === 'flag_reason_needed');
  return {
    ...{ flags, text, isAsked },
    isMissing: isAsked && isMissing,
    write(words: string) {
      setText(words);
      setMissing(false);
    },
    /** What goes with the publishing; false, and the field says so, where it is asked for and not written. */
    answer(): { flagReason: string | null } | false {
      if (!isAsked) return { flagReason: null };
      if (text.trim() !== '') return { flagReason: text };
      setMissing(true);
      return false;
    },
  };
}

/** Asked only when it must be answered, beside what publishes. */
export function RaiseReasonField({ raise }: { raise: RaiseReason }) {
  const t = useTranslations('flags');
  const headline = useHeadline();
  const field = useRef<HTMLDivElement>(null);
  const { isAsked, isMissing, flags, text, write } = raise;
  useEffect(() => {
    if (isMissing) field.current?.querySelector('input')?.focus();
  }, [isMissing]);
  if (!isAsked) return null;
  return (
    <div ref={field}>
      <TextField
        label={t('raiseReason')}
        hint={t('raiseHint', { flags: flags.slice(0, 3).map(headline).join('; ') })}
        maxLength={500}
        value={text}
        problem={isMissing ? t('sayWhy') : null}
        onChange={(event) => write(event.target.value)}
      />
    </div>
  );
}
