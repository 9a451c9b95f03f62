'use client';

import { useRef, useState } from 'react';
import type { Outbox } from '#client/device/outbox';
import type { RedFlag } from '#domain/practice/pain-policy';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import type { Day } from './day-pack';
import { amendSymptoms, type SaidSymptoms, saySymptoms } from './say-symptoms';

type Options = {
  outbox: Outbox | null;
  day: Pick<Day, 'pack' | 'history'>;
  where: Pick<SaySymptoms, 'place' | 'subjectId' | 'lineageId'>;
};

type Said = Pick<SaidSymptoms, 'checkId' | 'saidAt'>;

export type RedFlagAnswers = {
  value: RedFlag[] | null;
  tick(flag: RedFlag): void;
  untick(flag: RedFlag): void;
  none(none: boolean): void;
};

/** Each tick is said to the clinic by itself, at once; what is unticked again was a slip and stands beside it. */
export function useRedFlags({ outbox, day, where }: Options): RedFlagAnswers {
  const [value, setValue] = useState<RedFlag[] | null>(null);
  const said = useRef(new Map<RedFlag, Said>());
  const say = (redFlags: RedFlag[]) => {
    if (!outbox) return null;
    const answer = saySymptoms(outbox, day, { ...where, occasion: 'red_flags' }, { pain: null, redFlags });
    // What this device cannot keep is said on the screen that holds the questions.
    answer.stored.catch(() => undefined);
    return answer;
  };
  function takeBack(flag: RedFlag) {
    const check = said.current.get(flag);
    said.current.delete(flag);
    if (!outbox || !check) return;
    const { stored } = amendSymptoms(outbox, day, { ...check, lineageId: where.lineageId }, { kind: 'slip', pain: null });
    stored.catch(() => undefined);
  }
  return {
    value,
    tick(flag) {
      const check = say([flag]);
      if (check) said.current.set(flag, check);
      setValue([...(value ?? []), flag]);
    },
    untick(flag) {
      takeBack(flag);
      const left = (value ?? []).filter((one) => one !== flag);
      // Nothing ticked is not "None of these": that is an answer of its own.
      setValue(left.length === 0 ? null : left);
    },
    none(none) {
      for (const flag of value ?? []) takeBack(flag);
      if (none) say([]);
      setValue(none ? [] : null);
    },
  };
}
