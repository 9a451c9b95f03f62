import { useTranslations } from '#client/device/words/translations';
import type { VisitType } from '#domain/visit/appointment-settings';

type Named = Pick<VisitType, 'id' | 'name' | 'kind'>;

/** What a type of visit is called: by the clinic, or by the word for its kind. */
export function useTypeName(): (type: Named) => string {
  const t = useTranslations('schedule.page.kinds');
  return ({ name, kind }) => name ?? t(kind);
}

/** What a visit was booked as, in words. */
export function useVisitTypeName(types: readonly Named[] | undefined) {
  const t = useTranslations('schedule.page.kinds');
  const nameOf = useTypeName();
  return ({ typeId, kind }: { typeId: string | null; kind: VisitType['kind'] }) => {
    const type = types?.find(({ id }) => id === typeId);
    return type ? nameOf(type) : t(kind);
  };
}
