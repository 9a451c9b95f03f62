import { folded } from '#domain/input/folded';
import { groupBy } from '#domain/input/group';
import { specOf } from './catalogue';
import { measureKeyOf, type Series } from './series';

/** What stands as one line in a list of measures: all series of it, which are drawn in one picture and never joined. */
export type MeasureItem<Row> = {
  readonly key: string;
  /** The one that the list tells of: of strength the mean, else the one that was measured last. */
  readonly main: Series<Row>;
  /** `main` first. */
  readonly lines: readonly [Series<Row>, ...Series<Row>[]];
};

/**
 * By what series stand together: the same measure, however it was taken. Strength stands apart by device, posture and handle:
 * a reader compares devices before anybody can say that one must not.
 */
function itemKeyOf<Row>({ of, isDerived }: Series<Row>): string {
  const { device, method, posture, handle } = of;
  const isApart = specOf(of.kind).group === 'strength';
  return JSON.stringify([
    measureKeyOf(of),
    isDerived,
    isApart ? [folded(device ?? ''), method, posture, handle] : null,
  ]);
}

const lastOf = <Row>({ points }: Series<Row>): number => points.at(-1)?.at ?? 0;

/** Series as a list, in their order. */
export function itemsOf<Row>(series: readonly Series<Row>[]): MeasureItem<Row>[] {
  return [...groupBy(series, itemKeyOf)].flatMap(([key, group]) => {
    const isStrength = group.some(({ of }) => specOf(of.kind).group === 'strength');
    const byMean = group.find(({ of }) => of.statistic === 'mean');
    const newest = group.reduce<Series<Row> | undefined>(
      (last, one) => (last && lastOf(last) >= lastOf(one) ? last : one),
      undefined,
    );
    const main = isStrength ? (byMean ?? newest) : newest;
    if (!main) return [];
    return [{ key, main, lines: [main, ...group.filter((one) => one !== main)] as const }];
  });
}
