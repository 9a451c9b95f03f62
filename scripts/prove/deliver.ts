import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeInDatabase } from '../../db/factories/database';
import { bringForward, makeNews, readAllDeliveries } from '../../db/factories/news';
import { makePatient, makeStaff } from '../../db/factories/people';
import { type Manner, startMailServer } from '../../server/testing/mail-server';
import { type AppStage, onApp } from './stage';

type Size = 'full' | 'small';

/** News each of so many people, and how often app and mail server die under it. */
const SIZES = {
  full: { people: 1000, news: 10, appDies: 5, mailDies: 5 },
  small: { people: 40, news: 2, appDies: 1, mailDies: 1 },
} as const;

/** Of each hundred letters so many are treated so; the others are taken. */
const SHARES: readonly [Manner, number][] = [
  ['slow', 10],
  ['later', 8],
  ['reject', 4],
  ['policy', 4],
  ['drop', 4],
  ['die', 6],
];

/** Longer than a claim lasts and all is tried again: what is open then is a fault. */
const PATIENCE_MS = 8 * 60_000;
/** An app that answers later than this was held up by what it sends. */
const HELD_UP_MS = 1000;

function mannerAtRandom(): Manner {
  let left = randomInt(100);
  for (const [manner, share] of SHARES) {
    left -= share;
    if (left < 0) return manner;
  }
  return 'take';
}

/** Every tenth is of the staff and urgent; the others are patients'. */
async function makePeople({ server, pair }: AppStage, { people, news }: { people: number; news: number }) {
  const { clinicId, mira } = pair;
  const at = Date.now();
  for (let n = 0; n < people; n++)
    await makeInDatabase(server.databaseUrl, (made) =>
      made.write(function* (d) {
        const email = `person${n}@example.org`;
        const isStaff = n % 10 === 0;
        const spec = { clinicId, name: `Person ${n}` };
        const { userId } = isStaff
          ? yield* makeStaff(d, { ...spec, email })
          : yield* makePatient(d, { ...spec, lead: mira, login: { email, passwordHash: null } });
        const kind = isStaff ? 'flag_raised' : 'review_published';
        for (let k = 0; k < news; k++) yield* makeNews(d, { clinicId, userId: userId ?? '', kind, at });
      }),
    );
}

/** How long the app takes to say that it is there, again and again, but for the times at which it is not meant to. */
class Watch {
  readonly #took: number[] = [];
  readonly #url: string;
  readonly #watching: Promise<void>;
  #isOver = false;
  #isAway = false;

  constructor(url: string) {
    this.#url = `${url}/api/health?live`;
    this.#watching = this.#watch();
  }

  /** What is asked while the app ends and starts says nothing of what it sends. */
  async away(work: () => Promise<unknown>): Promise<void> {
    this.#isAway = true;
    await work();
    await sleep(2000);
    this.#isAway = false;
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      const wasAway = this.#isAway;
      const beganAt = performance.now();
      await fetch(this.#url).catch(() => undefined);
      if (!wasAway && !this.#isAway) this.#took.push(performance.now() - beganAt);
      await sleep(50);
    }
  }

  /** The longest of a hundred, and of all, in milliseconds. */
  async end(): Promise<{ p99Ms: number; slowestMs: number }> {
    this.#isOver = true;
    await this.#watching;
    const sorted = this.#took.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    return { p99Ms: at(0.99), slowestMs: at(1) };
  }
}

type Under = { mannerOf: () => Manner; size: Size; watch: Watch };

/** Lets time pass, and app and mail server die and come again, until nothing waits. */
async function letGo({ server }: AppStage, { mannerOf, size, watch }: Under): Promise<Letter[]> {
  const { appDies, mailDies } = SIZES[size];
  const dies = [...Array<'app'>(appDies).fill('app'), ...Array<'mail'>(mailDies).fill('mail')];
  const letters: Letter[] = [];
  let { mail } = server;
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const open = await makeInDatabase(server.databaseUrl, async (made) => {
      await made.write((d) => bringForward(d, { nowMs: Date.now() }));
      const { rows, unplanned } = await made.read((d) => readAllDeliveries(d));
      return unplanned + rows.filter(({ state }) => state === 'queued' || state === 'sending').length;
    });
    if (open === 0 && dies.length === 0) break;
    await sleep(randomInt(300, 1500));
    const dying = dies.pop();
    if (dying === 'app' && server.app.pid) {
      const { pid } = server.app;
      await watch.away(async () => {
        process.kill(pid, 'SIGKILL');
        await server.app.ended;
        await server.startApp();
      });
    }
    if (dying === 'mail') {
      letters.push(...mail.received);
      await mail.stop();
      await sleep(randomInt(100, 1500));
      mail = await startMailServer(mannerOf, mail.port);
    }
  }
  letters.push(...mail.received);
  await mail.stop();
  return letters;
}

type Letter = AppStage['server']['mail']['received'][number];

/** Every delivery against the letters that the mail server has: one at least, two at most. */
async function count({ server }: AppStage, letters: readonly Letter[], expected: number) {
  const arrived = new Map<string, number>();
  for (const { messageId } of letters) {
    const token = /^<([^@]+)@/.exec(messageId)?.[1] ?? '';
    arrived.set(token, (arrived.get(token) ?? 0) + 1);
  }
  const { rows, unplanned } = await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => readAllDeliveries(d)),
  );
  const faults: string[] = [];
  const timesOf = (token: string | null) => (token === null ? 0 : (arrived.get(token) ?? 0));
  const lost = rows.filter(({ messageToken }) => timesOf(messageToken) === 0);
  const tooOften = rows.filter(({ messageToken }) => timesOf(messageToken) > 2);
  const twice = rows.filter(({ messageToken }) => timesOf(messageToken) === 2).length;
  const isOpen = rows.filter(({ state }) => state !== 'sent' && state !== 'unsure');
  if (unplanned > 0) faults.push(`${unplanned} were never planned`);
  if (rows.length !== expected) faults.push(`${rows.length} deliveries of ${expected}`);
  for (const { state, lastError, attempts } of isOpen.slice(0, 5))
    faults.push(`${state} ${lastError} after ${attempts}`);
  const known = new Set(rows.map(({ messageToken }) => messageToken));
  const strange = [...arrived.keys()].filter((token) => !known.has(token)).length;
  if (strange > 0) faults.push(`${strange} letters that no delivery names`);
  return { acknowledged: rows.length, lost: lost.length, wrong: tooOften.length + isOpen.length, twice, faults };
}

/**
 * News for many people, with a mail server that refuses, is slow, forgets to answer and dies, and an app that is killed.
 * None may be lost, none may arrive three times, and the app must go on answering others.
 */
export async function proveDeliver(admin: string, size: Size) {
  const beganAt = performance.now();
  const { people, news } = SIZES[size];
  const mannerOf = mannerAtRandom;
  return await onApp(
    admin,
    async (stage) => {
      await makePeople(stage, { people, news });
      const watch = new Watch(stage.server.url);
      const letters = await letGo(stage, { mannerOf, size, watch });
      const took = await watch.end();
      const counted = await count(stage, letters, people * news);
      if (took.p99Ms > HELD_UP_MS) counted.faults.push(`the app answered in ${took.p99Ms} ms`);
      const seconds = Math.round((performance.now() - beganAt) / 1000);
      const { appDies, mailDies } = SIZES[size];
      const wrong = counted.wrong + counted.faults.length;
      return { tried: appDies + mailDies, ...counted, wrong, letters: letters.length, ...took, seconds };
    },
    { mannerOf },
  );
}
