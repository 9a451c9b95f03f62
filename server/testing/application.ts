import 'server-only';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, inject } from 'vitest';
import {
  MADE_AT,
  type MadePatient,
  type MadeStaff,
  makeClinic,
  makePatient,
  makeSession,
  makeStaff,
} from '#db/factories/people';
import { copyTemplate } from '#db/factories/test-database';
import { insertConsent } from '#db/queries/people/patients';
import { findSession } from '#db/queries/people/sessions';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { createCaller } from '#server/routers/app';
import { parseEnv } from '#server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '#server/runtime/process';

export type TestApp = {
  app: AppProcess;
  /** The instant that procedures see; tests move it. */
  clock: { nowMs: number };
  /** The procedures, called as this account (a session is made for it) or signed out. */
  as(userId: string | null, sent?: { sendingOffsetMs: number }): Promise<ReturnType<typeof createCaller>>;
};

/** A process on a database of this test file's own, real on both engines; nothing of it is mocked. */
export function openTestApp(env: Record<string, string> = {}): TestApp {
  const state: { app?: AppProcess; drop?: () => Promise<void>; media?: string } = {};
  const clock = { nowMs: MADE_AT };
  beforeAll(async () => {
    const { url, drop } = await copyTemplate(inject('template'));
    state.media = mkdtempSync(join(tmpdir(), 'regrasp-media-'));
    const settings = {
      NODE_ENV: 'test',
      REGRASP_SECRET: 'x'.repeat(32),
      REGRASP_LOG: 'silent',
      MEDIA_DIR: state.media,
      ...env,
      DATABASE_URL: url,
    };
    state.app = createProcess(parseEnv(settings), process.cwd());
    state.drop = drop;
  });
  afterAll(async () => {
    if (state.app) await stopProcess(state.app);
    await state.drop?.();
    if (state.media) rmSync(state.media, { recursive: true, force: true });
  });
  const running = () => {
    if (!state.app) throw new Error('openTestApp is called at the top of a test file');
    return state.app;
  };
  return {
    get app() {
      return running();
    },
    clock,
    async as(userId, sent = undefined) {
      const app = running();
      const actor = userId === null ? null : await actorOf(app, userId, clock.nowMs);
      return createCaller({
        app,
        actor,
        clock: () => clock.nowMs,
        sameOrigin: true,
        network: '192.0.2.1',
        requestId: 'a-test',
        ...sent,
      });
    },
  };
}

async function actorOf(app: AppProcess, userId: string, nowMs: number) {
  const token = newToken();
  const tokenHash = hashToken(token);
  await app.database.write(function* (d) {
    yield* makeSession(d, { userId, clinicId: null, tokenHash, kind: 'own_device', at: nowMs });
    return yield* findSession(d, { tokenHash });
  });
  return await gate(app, token, nowMs);
}

export type Cast = {
  clinicId: string;
  otherClinicId: string;
  mira: MadeStaff;
  colleague: MadeStaff;
  admin: MadeStaff;
  ana: MadePatient;
  other: MadePatient;
  outsider: MadeStaff;
  outsiderPatient: MadePatient;
};

/** A clinic with two clinicians, an admin and two patients (Ana is Mira's and has agreed to treatment at a distance and live video, the other is the colleague's), and a clinic next door. */
export function makeCast(app: AppProcess): Promise<Cast> {
  return app.database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const colleague = yield* makeStaff(d, { clinicId, name: 'Jonas Weber', discipline: 'PT' });
    const admin = yield* makeStaff(d, { clinicId, name: 'Ada Lind', role: 'admin', discipline: 'other' });
    const ana = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira });
    for (const kind of ['telehealth', 'live_video'] as const)
      yield* insertConsent(d, {
        id: uuidv7(),
        clinicId,
        patientId: ana.patientId,
        kind,
        textVersion: CONSENT_TEXT_VERSION,
        givenBy: ana.userId ?? '',
        givenAt: MADE_AT,
      });
    const other = yield* makePatient(d, { clinicId, name: 'Henry Boateng', lead: colleague });
    const otherClinicId = yield* makeClinic(d, { name: 'Saltmarsh Clinic' });
    const outsider = yield* makeStaff(d, { clinicId: otherClinicId, name: 'Priya Nair' });
    const outsiderPatient = yield* makePatient(d, { clinicId: otherClinicId, name: 'Callum Reid', lead: outsider });
    return { clinicId, otherClinicId, mira, colleague, admin, ana, other, outsider, outsiderPatient };
  });
}
