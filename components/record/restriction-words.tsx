import { useFormatter } from 'next-intl';
import { useSay } from '#client/device/say';
import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { limitWords } from '#domain/record/limit-words';
import type { RestrictionLimit } from '#domain/record/restriction';
import { addDays, type LocalDay } from '#domain/time/local-day';

type Limited = { limit: RestrictionLimit; untilOn: LocalDay | null };

function useFingers(): (limit: RestrictionLimit) => string | null {
  const t = useTranslations('digits');
  const format = useFormatter();
  return (limit) =>
    limit.kind === 'motion' && limit.digits !== null
      ? format.list(limit.digits.map((digit) => t(`of.${digit}`)))
      : null;
}

/** A day is said without its year while that is this one. `today`: the patient's local day. */
function useShortDay(): (day: LocalDay, today: LocalDay) => string {
  const dayName = useDayName();
  return (day, today) => dayName(day, day.slice(0, 4) === today.slice(0, 4) ? 'inYear' : 'long');
}

/** "No load above 1.5 kgf", for clinicians, without its day. */
export function useLimitWords(): (limit: RestrictionLimit) => string {
  const t = useTranslations('limit');
  const say = useSay();
  const fingersOf = useFingers();
  return (limit) => {
    const words = say(limitWords(limit));
    const capital = words.charAt(0).toLocaleUpperCase() + words.slice(1);
    const fingers = fingersOf(limit);
    return fingers === null ? capital : t('ofFingers', { words: capital, fingers });
  };
}

/** "No load above 1.5 kgf before 1 December", for clinicians. */
export function useRestrictionWords(): (restriction: Limited, today: LocalDay) => string {
  const t = useTranslations('limit');
  const wordsOf = useLimitWords();
  const dayOf = useShortDay();
  return ({ limit, untilOn }, today) => {
    const words = wordsOf(limit);
    return untilOn === null ? words : t('before', { words, day: dayOf(untilOn, today) });
  };
}

/** What to do and until when, in the words of whoever practises. */
export function usePlainRestriction(today: LocalDay): (restriction: Limited) => { words: string; until: string } {
  const t = useTranslations('limitPlain');
  const say = useSay();
  const fingersOf = useFingers();
  const dayOf = useShortDay();
  return ({ limit, untilOn }) => {
    const { key, values } = limitWords(limit);
    const part = limit.kind === 'motion' ? t(`part.${limit.joint}`) : '';
    const words = say({ key: key.replace('limit.', 'limitPlain.'), values: { ...values, part } });
    const fingers = fingersOf(limit);
    return {
      words: fingers === null ? words : t('ofFingers', { words, fingers }),
      until: untilOn === null ? t('untilLifted') : t('lastDay', { day: dayOf(addDays(untilOn, -1), today) }),
    };
  };
}
