import * as z from 'zod/mini';
import {
  disciplineSchema,
  emailSchema,
  idSchema,
  nameSchema,
  newPasswordSchema,
  roleSchema,
} from '#domain/input/fields';

/** A link's secret: 256 bits, base64url. Tokens of another shape never reach the database. */
export const inviteTokenSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

export const readInviteSchema = z.object({ token: inviteTokenSchema });

export const acceptInviteSchema = z.object({
  token: inviteTokenSchema,
  name: nameSchema(120),
  email: emailSchema,
  password: newPasswordSchema,
});

export const inviteStaffSchema = z.object({ name: nameSchema(120), role: roleSchema, discipline: disciplineSchema });

export const endMembershipSchema = z.object({ membershipId: idSchema });

/** `successorId`: the membership that their patients go to, where they have any. */
export const endStaffSchema = z.object({ membershipId: idSchema, successorId: z.nullish(idSchema) });

export const changePasswordSchema = z.object({
  currentPassword: z.string().check(z.minLength(1), z.maxLength(256)),
  newPassword: newPasswordSchema,
});

/** Another address for an account, after its password. */
export const askEmailSchema = z.object({
  email: emailSchema,
  password: z.string().check(z.minLength(1), z.maxLength(256)),
});

export const confirmEmailSchema = z.object({ token: inviteTokenSchema });

/** A link for a new address lives this long. */
export const EMAIL_LINK_HOURS = 24;

export const newPasswordByLinkSchema = z.object({ token: inviteTokenSchema, password: newPasswordSchema });

export const withdrawInviteSchema = z.object({ inviteId: idSchema });

/** A link for a new password lives this long: it opens an account that is in use. */
export const PASSWORD_LINK_HOURS = 24;

/** Invites of staff and patients live this long. */
export const INVITE_DAYS = 7;

/** In which unit somebody reads strength; null = as the clinic does (kgf). */
export const chooseForceUnitSchema = z.object({ unit: z.nullable(z.enum(['kgf', 'lb', 'N'])) });
