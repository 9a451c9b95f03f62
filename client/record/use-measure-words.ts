import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import { hasField, specOf } from '#domain/record/catalogue';
import type { Change } from '#domain/record/changes';
import { isStraightening, straightness } from '#domain/record/joints';
import type { MeasureKind, SeriesFields } from '#domain/record/measure';
import { FORCE_DECIMALS, type ForceUnit, forceFrom } from '#domain/record/units';

type Value = { readonly value: number | null; readonly choice: string | null };
type Of = Pick<SeriesFields, 'kind' | 'joint' | 'motion'>;

export type MeasureWords = ReturnType<typeof useMeasureWords>;

/** Measures as they are read: names without their hand (it stands as a sign), values in the reader's unit of strength. */
export function useMeasureWords(unit: ForceUnit) {
  const t = useTranslations('measures');
  const choices = useTranslations('measures.choice');
  const sites = useTranslations('measures.site');
  const format = useFormatter();

  /** An amount in the stored unit, unsigned or not, with its unit. */
  function amount(kind: MeasureKind, value: number): string {
    const spec = specOf(kind);
    const isForce = spec.unit === 'kgf';
    const decimals = isForce ? FORCE_DECIMALS[unit] : spec.decimals;
    const shown = isForce ? forceFrom(value, unit) : value;
    const number = format.number(shown, { maximumFractionDigits: decimals, minimumFractionDigits: 0 });
    return t(`value.${isForce ? unit : (spec.unit ?? 'score')}`, { value: number });
  }

  function choice(kind: MeasureKind, id: string): string {
    const key = `${kind}.${id}` as Parameters<typeof choices.has>[0];
    return choices.has(key) ? choices(key) : id;
  }

  function value(of: Of, said: Value): string {
    if (said.choice !== null) return choice(of.kind, said.choice);
    if (said.value === null) return '–';
    if (!isStraightening(of.joint, of.motion)) return amount(of.kind, said.value);
    const { stands, degrees } = straightness(said.value);
    return t(`value.${stands}`, { value: format.number(degrees) });
  }

  function motion({ joint, motion: of }: Pick<SeriesFields, 'joint' | 'motion'>): string {
    if (of === null) return '';
    return t(`motion.${joint === 'wrist' && of === 'extension' ? 'bend_back' : of}`);
  }

  function site(id: string): string {
    const key = id as Parameters<typeof sites.has>[0];
    return sites.has(key) ? sites(key) : id;
  }

  function name(of: SeriesFields): string {
    const { kind, digit, joint, activity } = of;
    const parts = [
      kind === 'joint' ? '' : t(`kind.${kind}`),
      digit && !joint?.startsWith('thumb_') ? t(`digit.${digit}`) : joint?.startsWith('thumb_') ? t('digit.thumb') : '',
      joint ? t(`jointName.${joint}`) : '',
      motion(of),
      of.site ? site(of.site) : '',
      activity && activity !== 'active' ? t(`activity.${activity}`) : '',
    ].filter(Boolean);
    // The first word alone has a capital: "Index, middle joint, bend".
    return parts.map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(', ');
  }

  /** With what it was measured: the device where one is named; posture and handle where they are not the usual ones. */
  function how({ kind, method, device, posture, handle, statistic }: SeriesFields, isWhole = true): string {
    return [
      device ?? t(`method.${method}`),
      device !== null && method === 'stated' ? t('method.stated') : '',
      posture !== null && posture !== 'asht' ? t(`posture.${posture}`) : '',
      handle !== null && handle !== 2 ? `${t('enter.handle')} ${format.number(handle)}` : '',
      isWhole && statistic && hasField(kind, 'posture') ? t(`statistic.${statistic}`) : '',
    ]
      .filter(Boolean)
      .join(', ');
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

  return { amount, choice, value, motion, site, name, how, change, straightTick };
}
