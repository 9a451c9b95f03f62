import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, test as base, chromium, type Page } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { v7 as uuidv7 } from 'uuid';
import { type Made, makeInDatabase } from '../db/factories/database';
import {
  type MadePatient,
  type MadeStaff,
  makeClinic,
  makePatient,
  makeSession,
  makeStaff,
} from '../db/factories/people';
import { insertConsent } from '../db/queries/people/patients';
import { CONSENT_TEXT_VERSION } from '../domain/people/patient';
import { ensureChromium } from '../scripts/programs.mjs';
import { hashToken, newToken } from '../server/auth/gate';
import { handFilm } from './camera';
import { startServer, type TestServer } from './server';

export { expect } from '@playwright/test';

export type Pair = { clinicId: string; mira: MadeStaff; admin: MadeStaff; ana: MadePatient };

type Device = 'phone' | 'desktop';
const VIEWPORTS: Record<Device, { width: number; height: number }> = {
  phone: { width: 360, height: 780 },
  desktop: { width: 1280, height: 800 },
};

export type People = {
  /** A clinic with Mira (clinician), Ada (admin) and Ana (Mira's patient, right hand, has agreed to everything). */
  pair(): Promise<Pair>;
  /** A page of a browser of their own, signed in by a session row; no form is filled. */
  page(userId: string | null, options?: { device?: Device; theme?: 'light' | 'dark'; zone?: string }): Promise<Page>;
};

/** `database`: specs that name another one get a server of their own, with nothing in it. */
type Worker = { database: string; server: TestServer; browserWithCamera: Browser };
type Test = { people: People; announced: RegExp[] };

const ARGS = [
  '--allow-loopback-in-peer-connection',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--mute-audio',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * A browser whose camera is the film of the hand; its user allows camera and microphone, or refuses both. With several
 * cameras each shows the browser's own pattern: the film is one camera's alone.
 */
export async function launchWithCamera(answer: 'allow' | 'deny' = 'allow', cameras = 1): Promise<Browser> {
  const film = await handFilm(join(tmpdir(), 'regrasp-film'));
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      ...ARGS,
      ...root,
      `--use-fake-ui-for-media-stream${answer === 'deny' ? '=deny' : ''}`,
      ...(cameras === 1
        ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]
        : [`--use-fake-device-for-media-stream=device-count=${cameras}`]),
    ],
  });
}

/** The address of a page and the first lines of it, as a screen reader has them. */
async function asItStands(page: Page): Promise<string> {
  const lines = await page
    .locator('body')
    .ariaSnapshot({ timeout: 5000 })
    .catch((problem: unknown) => String(problem));
  return [page.url(), ...lines.split('\n').slice(0, 40)].join('\n  ');
}

export async function makePair(made: Made): Promise<Pair> {
  return await made.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
    const admin = yield* makeStaff(d, { clinicId, name: 'Ada Lind', role: 'admin', discipline: 'other' });
    const ana = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira });
    for (const kind of ['telehealth', 'live_video', 'stills', 'clips'] as const) {
      yield* insertConsent(d, {
        id: uuidv7(),
        clinicId,
        patientId: ana.patientId,
        kind,
        textVersion: CONSENT_TEXT_VERSION,
        givenBy: ana.userId ?? '',
        givenAt: Date.now(),
      });
    }
    return { clinicId, mira, admin, ana };
  });
}

/** The cookie of a new login of this person, made as a row; no form is filled. */
export async function sessionCookie(server: TestServer, userId: string): Promise<{ name: string; value: string }> {
  const token = newToken();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeSession(d, { userId, clinicId: null, kind: 'own_device', tokenHash: hashToken(token), at: Date.now() }),
    ),
  );
  return { name: 'regrasp.session', value: await encode({ token: { sid: token }, secret: server.secret }) };
}

export async function signInAs(server: TestServer, context: BrowserContext, userId: string): Promise<void> {
  const cookie = await sessionCookie(server, userId);
  await context.addCookies([{ ...cookie, url: server.url, httpOnly: true, sameSite: 'Lax' }]);
}

export const test = base.extend<Test, Worker>({
  database: ['shared', { option: true, scope: 'worker' }],
  server: [
    // Asked for, so that another name means another worker.
    async ({ database: _name }, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  browserWithCamera: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const browser = await launchWithCamera();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  announced: async ({}, use) => {
    await use([]);
  },
  people: async ({ server, browserWithCamera, announced }, use, info) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use({
      pair: () => makeInDatabase(server.databaseUrl, makePair),
      async page(userId, { device = 'desktop', theme = 'light', zone = 'Europe/London' } = {}) {
        const context = await browserWithCamera.newContext({
          baseURL: server.url,
          viewport: VIEWPORTS[device],
          colorScheme: theme,
          locale: 'en-GB',
          timezoneId: zone,
          permissions: ['camera', 'microphone'],
        });
        contexts.push(context);
        context.on('console', (message) => {
          if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
        });
        // No page of ours asks anybody else.
        const own = new Set([server.url, server.liveKit.url, server.liveKit.apiUrl].map((url) => new URL(url).host));
        context.on('request', (request) => {
          const { protocol, host } = new URL(request.url());
          if (/^(https?|wss?):$/.test(protocol) && !own.has(host))
            problems.push(`asked another origin: ${request.url()}`);
        });
        context.on('page', (page) =>
          page.on('websocket', (socket) => {
            if (!own.has(new URL(socket.url()).host)) problems.push(`asked another origin: ${socket.url()}`);
          }),
        );
        context.on('weberror', (error) => problems.push(String(error.error())));
        if (userId) await signInAs(server, context, userId);
        // Told by the page for signing in, which is skipped here.
        const told = { name: 'regrasp.zone', value: encodeURIComponent(zone), url: server.url };
        if (userId) await context.addCookies([told]);
        return await context.newPage();
      },
    });
    const hasFailed = info.status !== 'passed' && info.status !== 'skipped';
    const pages = hasFailed ? await Promise.all(contexts.flatMap((context) => context.pages()).map(asItStands)) : [];
    for (const context of contexts) await context.close();
    // Where a run leaves its words alone, these tell what was on the screens.
    if (hasFailed) throw new Error([`console: ${problems.join(' | ') || 'nothing'}`, ...pages].join('\n'));
    const unseen = announced.filter((pattern) => !problems.some((problem) => pattern.test(problem)));
    const unannounced = problems.filter((problem) => !announced.some((pattern) => pattern.test(problem)));
    if (info.status === 'passed' && (unseen.length > 0 || unannounced.length > 0)) {
      throw new Error(
        `console errors not announced: ${unannounced.join(' | ') || 'none'}; announced but absent: ${unseen.join(' ') || 'none'}`,
      );
    }
  },
});
