import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import { hasField } from '#domain/record/catalogue';
import type { MeasureKind, SeriesFields } from '#domain/record/measure';

/** What measures, their places and their findings are called; the hand stands beside it as a sign of its own. */
export function useMeasureNames() {
  const t = useTranslations('measures');
  const choices = useTranslations('measures.choice');
  const sites = useTranslations('measures.site');
  const format = useFormatter();

  function choice(kind: MeasureKind, id: string): string {
    const key = `${kind}.${id}` as Parameters<typeof choices.has>[0];
    return choices.has(key) ? choices(key) : id;
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

  return { choice, motion, site, name, how };
}
