/** Rows of one page of a list that grows with the years. A page that is full may have another one after it. */
export const CHECK_INS_PER_PAGE = 50;
export const VISITS_PER_PAGE = 50;
export const NOTICES_PER_PAGE = 50;
export const FLAGS_PER_PAGE = 20;
export const RESTRICTIONS_PER_PAGE = 20;

/** Where the next page goes on: after the last row of a full page; null where there is none. */
export function placeAfter<R>(
  rows: readonly R[],
  perPage: number,
  placeOf: (row: R) => { at: number; id: string },
): { at: number; id: string } | null {
  const last = rows.at(-1);
  return rows.length >= perPage && last ? placeOf(last) : null;
}
