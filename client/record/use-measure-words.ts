import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import { specOf } from '#domain/record/catalogue';
import type { Change } from '#domain/record/changes';
import { isStraightening, straightness } from '#domain/record/joints';
import type { MeasureKind, SeriesFields } from '#domain/record/measure';
import { FORCE_DECIMALS, type ForceUnit, forceFrom } from '#domain/record/units';
import { useMeasureNames } from './use-measure-names';

type Value = { readonly value: number | null; readonly choice: string | null };
type Of = Pick<SeriesFields, 'kind' | 'joint' | 'motion'>;

export type MeasureWords = ReturnType<typeof useMeasureWords>;

/** Measures as they are read: names without their hand (it stands as a sign), values in the reader's unit of strength. */
export function useMeasureWords(unit: ForceUnit) {
  const t = useTranslations('measures');
  const { choice, motion, site, name, how } = useMeasureNames();
  const format = useFormatter();

  /** An amount in the stored unit, unsigned or not, with its unit. */
  function amount(kind: MeasureKind, value: number): string {
    const spec = specOf(kind);
    const isForce = spec.unit === 'kgf';
    const decimals = isForce ? FORCE_DECIMALS[unit] : spec.decimals;
    const number = format.number(shown(kind, value), { maximumFractionDigits: decimals });
    return t(`value.${isForce ? unit : (spec.unit ?? 'score')}`, { value: number });
  }

  /** A stored value as a number in the unit that it is shown in. */
  function shown(kind: MeasureKind, value: number): number {
    return specOf(kind).unit === 'kgf' ? forceFrom(value, unit) : value;
  }

  /** A number that is in the shown unit already, such as a mark of an axis. */
  function shownAmount(kind: MeasureKind, number: number): string {
    const { unit: stored } = specOf(kind);
    return t(`value.${stored === 'kgf' ? unit : (stored ?? 'score')}`, { value: format.number(number) });
  }

  function value(of: Of, said: Value): string {
    if (said.choice !== null) return choice(of.kind, said.choice);
    if (said.value === null) return '–';
    if (!isStraightening(of.joint, of.motion)) return amount(of.kind, said.value);
    const { stands, degrees } = straightness(said.value);
    return t(`value.${stands}`, { value: format.number(degrees) });
  }

  /** A difference in words, from the first to the last value. */
  function change(of: Of, values: { first: number; last: number }, { difference, way }: Change): string {
    if (way === 'same') return t('change.same');
    if (isStraightening(of.joint, of.motion)) {
      const [first, last] = [Math.round(values.first), Math.round(values.last)];
      if (first * last < 0) return t('change.through', { amount: amount(of.kind, Math.abs(difference)) });
      return t(way === 'better' ? 'change.nearer' : 'change.further', {
        amount: amount(of.kind, Math.abs(Math.abs(first) - Math.abs(last))),
      });
    }
    const size = amount(of.kind, Math.abs(difference));
    if (specOf(of.kind).unit === 's') return t(difference < 0 ? 'change.faster' : 'change.slower', { amount: size });
    return t(difference > 0 ? 'change.more' : 'change.less', { amount: size });
  }

  /** A mark on the axis of something that is to be straight: in words, never by its sign. */
  function straightTick(degrees: number): string {
    const { stands, degrees: size } = straightness(degrees);
    return t(`tick.${stands}`, { value: format.number(size) });
  }

  /** The value where there is little room: "14° short". */
  function shortValue(of: Of, said: Value): string {
    const isStraight = said.value !== null && isStraightening(of.joint, of.motion);
    return isStraight && said.value !== null ? straightTick(said.value) : value(of, said);
  }

  return { shortValue, amount, shown, shownAmount, choice, value, motion, site, name, how, change, straightTick };
}
