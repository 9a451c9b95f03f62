import * as z from 'zod/mini';
import { lineSchema } from '#domain/input/fields';

/** Why something is done to a record, in somebody's own words. */
export const reasonSchema = lineSchema(500).check(z.minLength(10));
