import * as z from 'zod/mini';

/** For norms only, which are of women and men; who says nothing has no norm. */
export const sexSchema = z.enum(['female', 'male']);
export type Sex = z.infer<typeof sexSchema>;
