import { CHECK_INS_PER_PAGE, placeAfter } from '#domain/input/page';

/** Where a list of check-ins goes on. */
export const placeAfterCheckIns = (rows: readonly { id: string; submittedAt: number }[]) =>
  placeAfter(rows, CHECK_INS_PER_PAGE, ({ id, submittedAt }) => ({ at: submittedAt, id }));
