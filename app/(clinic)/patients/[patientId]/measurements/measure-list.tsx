'use client';

import { useTranslations } from '#client/device/words/translations';
import { type MeasureWords, useMeasureWords } from '#client/record/use-measure-words';
import { groupBy } from '#domain/input/group';
import { specOf } from '#domain/record/catalogue';
import { changeOf } from '#domain/record/changes';
import type { ForceUnit } from '#domain/record/units';
import type { Item } from './reader';

type MeasureListProps = { items: readonly Item[]; chosen: string; unit: ForceUnit; onChoose(key: string): void };

/** Every measure with its last value and what it was at first, by groups. */
export function MeasureList({ items, chosen, unit, onChoose }: MeasureListProps) {
  const t = useTranslations('measures');
  const words = useMeasureWords(unit);
  const groups = groupBy(items, ({ main }) => specOf(main.of.kind).group);
  return (
    <nav aria-label={t('list')} className="grid grid-cols-1 gap-4">
      {(['motion', 'strength', 'size_feeling', 'pain_findings'] as const).flatMap((group) => {
        const ofGroup = groups.get(group);
        return ofGroup
          ? [
              <section key={group} aria-labelledby={`group-${group}`}>
                <h3 id={`group-${group}`} className="small muted px-3 pb-1 font-bold">
                  {t(`group.${group}`)}
                </h3>
                <ul>
                  {ofGroup.map((item) => (
                    <li key={item.key}>
                      <button
                        type="button"
                        className="measure-row"
                        aria-pressed={item.key === chosen}
                        onClick={() => onChoose(item.key)}
                      >
                        <Row item={item} words={words} />
                      </button>
                    </li>
                  ))}
                </ul>
              </section>,
            ]
          : [];
      })}
    </nav>
  );
}

function Row({ item: { main }, words }: { item: Item; words: MeasureWords }) {
  const t = useTranslations('measures');
  const { of, points } = main;
  const [first] = points;
  const last = points.at(-1) ?? first;
  const isStrength = specOf(of.kind).group === 'strength';
  return (
    <>
      <b>
        {words.name(of)}
        {isStrength ? `, ${words.how(of, false)}` : ''}
        {of.side ? (
          <>
            {' '}
            <span className="lr">{t(`side.${of.side}`)}</span>
          </>
        ) : null}
      </b>
      <span>{words.value(of, last)}</span>
      <small>{sinceFirst()}</small>
    </>
  );

  function sinceFirst(): string {
    if (points.length === 1) return t('change.first');
    if (first.value === null || last.value === null) return t('change.was', { value: words.value(of, first) });
    const values = { first: first.value, last: last.value };
    const change = changeOf(of, values, null);
    const said = words.change(of, values, change);
    return change.way === 'same' ? said : t('change.thanFirst', { change: said });
  }
}
