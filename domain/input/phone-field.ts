import * as z from 'zod/mini';
import { isPhone, readPhone } from './phone';

/** A phone number, or two, as people write and paste them; kept in the signs of a keyboard, never another way round. */
export const phoneSchema = z.string().check(
  z.maxLength(256),
  z.overwrite(readPhone),
  z.maxLength(80),
  z.refine((phone) => isPhone(phone)),
);
