import { FLAGS_PER_PAGE, placeAfter } from '#domain/input/page';

/** Where a list of open flags goes on. */
export const placeAfterFlags = (rows: readonly { id: string; raisedAt: number }[]) =>
  placeAfter(rows, FLAGS_PER_PAGE, ({ id, raisedAt }) => ({ at: raisedAt, id }));
