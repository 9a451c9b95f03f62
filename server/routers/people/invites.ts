import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { consumeInvite, findOpenInvite, type InviteRow } from '#db/queries/people/invites';
import { findPatient, linkPatientUser } from '#db/queries/people/patients';
import { countAttempt } from '#db/queries/people/rate-limits';
import { insertMembership } from '#db/queries/people/staff';
import { findUserByEmail, insertUser } from '#db/queries/people/users';
import { Failure } from '#domain/input/failure';
import { acceptInviteSchema, readInviteSchema } from '#domain/people/account';
import { HOUR_MS } from '#domain/time/duration';
import { hashToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { openProcedure, router } from '#server/routers/trpc';

const TRIES_PER_LINK = 20;

/** What a used invite makes of the new account: a member of staff, or the login of a patient's record. */
function* fulfil(d: Db, invite: InviteRow, userId: string, nowMs: number): Body<void> {
  const { clinicId } = invite;
  if (invite.kind === 'staff' && invite.role && invite.discipline) {
    yield* insertMembership(d, {
      id: uuidv7(),
      clinicId,
      userId,
      role: invite.role,
      discipline: invite.discipline,
      fromAt: nowMs,
    });
    return;
  }
  if (invite.kind === 'patient' && invite.patientId) {
    const linked = yield* linkPatientUser(d, { clinicId, patientId: invite.patientId, userId });
    if (!linked) throw new Failure('CONFLICT', 'invite_gone');
    return;
  }
  throw new Failure('BAD_REQUEST', 'invite_gone');
}

export const invitesRouter = router({
  /** Shows who invites whom. Looking never uses a link up: mail scanners look too. */
  show: openProcedure('invite.read')
    .input(readInviteSchema)
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const found = yield* findOpenInvite(d, { tokenHash: hashToken(input.token), nowMs: act.nowMs });
        if (!found) throw new Failure('NOT_FOUND', 'invite_gone');
        const { invite, clinic } = found;
        return {
          clinicName: clinic.name,
          name: invite.name,
          kind: invite.kind,
          role: invite.role,
          expiresAt: invite.expiresAt,
        };
      }),
    ),

  accept: openProcedure('invite.accept')
    .input(acceptInviteSchema)
    .mutation(async ({ ctx, input }) => {
      const tokenHash = hashToken(input.token);
      const nowMs = ctx.clock();
      const tries = await ctx.app.database.write((d) =>
        countAttempt(d, { key: `invite:${tokenHash}`, windowMs: HOUR_MS, nowMs }),
      );
      if (tries > TRIES_PER_LINK) throw new Failure('TOO_MANY_REQUESTS', 'too_many');
      const passwordHash = await hashPassword(input.password);
      const userId = uuidv7();
      await ctx.write(function* (d, act) {
        const open = yield* findOpenInvite(d, { tokenHash, nowMs: act.nowMs });
        if (!open) throw new Failure('NOT_FOUND', 'invite_gone');
        if (yield* findUserByEmail(d, { email: input.email })) throw new Failure('CONFLICT', 'email_taken');
        const patientId = open.invite.patientId;
        const record = patientId === null ? undefined : yield* findPatient(d, { clinicId: open.clinic.id, patientId });
        yield* insertUser(d, {
          id: userId,
          email: input.email,
          name: input.name,
          locale: record?.locale ?? open.clinic.locale,
          passwordHash,
          createdAt: act.nowMs,
        });
        const invite = yield* consumeInvite(d, { tokenHash, userId, nowMs: act.nowMs });
        if (!invite) throw new Failure('NOT_FOUND', 'invite_gone');
        yield* fulfil(d, invite, userId, act.nowMs);
        act.inClinic(invite.clinicId);
        act.about(invite.id);
        if (invite.patientId) act.tell('patient', invite.patientId, { patientId: invite.patientId });
      });
      return { accepted: true };
    }),
});
