'use client';

import type { Outbox } from '#client/device/outbox';
import type { RedFlag } from '#domain/practice/pain-policy';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import type { Day } from './day-pack';
import { amendSymptoms, type SaidSymptoms, saySymptoms } from './say-symptoms';

type Said = Pick<SaidSymptoms, 'checkId' | 'saidAt'>;

/** Null = not answered; none = "None of these". `said`: the check of each tick, by which it can be taken back. */
export type RedFlagState = { value: RedFlag[] | null; said: Partial<Record<RedFlag, Said>> };

export const NOT_ANSWERED: RedFlagState = { value: null, said: {} };

type Options = {
  outbox: Outbox | null;
  day: Pick<Day, 'pack' | 'history'>;
  where: Pick<SaySymptoms, 'place' | 'subjectId' | 'lineageId'>;
  state: RedFlagState;
  onChange(state: RedFlagState): void;
};

export type RedFlagAnswers = {
  value: RedFlag[] | null;
  tick(flag: RedFlag): void;
  untick(flag: RedFlag): void;
  none(none: boolean): void;
};

/** Each tick is said to the clinic by itself, at once; what is unticked again was a slip and stands beside it. */
export function redFlagAnswers({ outbox, day, where, state, onChange }: Options): RedFlagAnswers {
  const { value, said } = state;
  const say = (redFlags: RedFlag[]) => {
    if (!outbox) return null;
    const answer = saySymptoms(outbox, day, { ...where, occasion: 'red_flags' }, { pain: null, redFlags });
    // What this device cannot keep is said on the screen that holds the questions.
    answer.stored.catch(() => undefined);
    return answer;
  };
  function takeBack(flag: RedFlag) {
    const check = said[flag];
    if (!outbox || !check) return;
    const { lineageId } = where;
    const { stored } = amendSymptoms(outbox, day, { ...check, lineageId }, { kind: 'slip', pain: null });
    stored.catch(() => undefined);
  }
  return {
    value,
    tick(flag) {
      const check = say([flag]);
      const of = check ? { [flag]: { checkId: check.checkId, saidAt: check.saidAt } } : {};
      onChange({ value: [...(value ?? []), flag], said: { ...said, ...of } });
    },
    untick(flag) {
      takeBack(flag);
      const { [flag]: _gone, ...others } = said;
      const left = (value ?? []).filter((one) => one !== flag);
      // Nothing ticked is not "None of these": that is an answer of its own.
      onChange({ value: left.length === 0 ? null : left, said: others });
    },
    none(none) {
      for (const flag of value ?? []) takeBack(flag);
      if (none) say([]);
      onChange({ value: none ? [] : null, said: {} });
    },
  };
}
