import { placeAfter, VISITS_PER_PAGE } from '#domain/input/page';

/** Where a list of visits goes on. */
export const placeAfterVisits = (rows: readonly { id: string; startsAt: number }[]) =>
  placeAfter(rows, VISITS_PER_PAGE, ({ id, startsAt }) => ({ at: startsAt, id }));
