import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, type Delivery, NOT_SENT, NotKept, type Outbox, type Sender } from './outbox';
import { breakStore, FakeBrowser, fakeServer, isClosing, isFull, mendStores } from './queue/testing';
import { TRIES_MAX } from './queue/turns';
import { seals } from './seal';

const OFFLINE: Delivery = { outcome: 'later', reason: 'unreachable' };
const BROKEN: Delivery = { outcome: 'failed', reason: 'internal_server_error' };

let userId = '';
let opened: Outbox[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  userId = uuidv7();
});
afterEach(() => {
  for (const outbox of opened) outbox.close();
  opened = [];
  mendStores();
  vi.useRealTimers();
});

function tab(browser: FakeBrowser, sender: Sender, owner = userId): Outbox {
  const outbox = createOutbox({ userId: owner, sender, parts: browser.parts() });
  opened.push(outbox);
  return outbox;
}

const stroke = (visitId: string, n: number) => ({ visitId, envelope: { n } });
const log = (id: string, lineageId: string, zone = 'none') => ({
  opId: id,
  practice: null,
  logs: [{ id, lineageId, supersedesId: null, shown: { zone, policyVersion: 1 } }],
});
const idsOf = async (outbox: Outbox) => (await outbox.list()).map(({ id }) => id);

/** Lets what is stored and sent run its course, and timers as far as `ms`. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 60; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe('the queue of a device', () => {
  it('keeps the order within a lane by its own counter, however the clock is set', async () => {
    const browser = new FakeBrowser();
    let isOnline = false;
    const server = fakeServer(() => (isOnline ? undefined : OFFLINE));
    const outbox = tab(browser, server.sender);
    await outbox.add('annotation', 'first', stroke('v', 1));
    browser.nowMs -= 365 * 24 * 3600 * 1000;
    await outbox.add('annotation', 'second', stroke('v', 2));
    browser.nowMs -= 3600 * 1000;
    await outbox.add('annotation', 'third', stroke('v', 3));
    isOnline = true;
    browser.goOnline();
    await pass(0);
    expect(server.ids()).toEqual(['first', 'second', 'third']);
  });

  it('counts what is added from the press on, also while it is being stored', async () => {
    const server = fakeServer(() => OFFLINE);
    const outbox = tab(new FakeBrowser(), server.sender);
    await pass(0);
    const waited = [outbox.state().waiting];
    outbox.subscribe(() => waited.push(outbox.state().waiting));
    const added = outbox.add('annotation', 'first', stroke('v', 1));
    expect(outbox.state().waiting).toBe(1);
    await added;
    await pass(0);
    expect(waited[0]).toBe(0);
    expect(new Set(waited.slice(1))).toEqual(new Set([1]));
    breakStore('put', isFull);
    await outbox.add('annotation', 'second', stroke('v', 2)).catch(() => undefined);
    expect(outbox.state().waiting).toBe(1);
  });

  it('sends what is urgent before all that waits, and the rest in its order', async () => {
    const browser = new FakeBrowser();
    let isOnline = false;
    const server = fakeServer(() => (isOnline ? undefined : OFFLINE));
    const outbox = tab(browser, server.sender);
    await outbox.add('log', 'calm', log('calm', 'fist'));
    await outbox.add('annotation', 'stroke', stroke('v', 1));
    await outbox.add('log', 'pain', log('pain', 'fist', 'urgent'));
    const flags = { checkId: 'c', occasion: 'red_flags', subjectId: null, redFlags: ['numb'], shown: null };
    await outbox.add('symptoms', 'flags', flags);
    isOnline = true;
    browser.goOnline();
    await pass(0);
    expect(server.ids()).toEqual(['pain', 'flags', 'calm', 'stroke']);
  });

  it('goes on in other lanes while one always fails, and ends its tries where somebody looks', async () => {
    const browser = new FakeBrowser();
    const server = fakeServer(({ kind }) => (kind === 'annotation' ? BROKEN : undefined));
    const outbox = tab(browser, server.sender);
    const parked: string[] = [];
    outbox.onParked(({ id }) => void parked.push(id));
    await outbox.add('annotation', 'stroke', stroke('v', 1));
    await pass(0);
    await outbox.add('log', 'pain', log('pain', 'fist', 'urgent'));
    await pass(0);
    expect(server.ids()).toEqual(['pain']);
    for (let tries = 0; tries < TRIES_MAX; tries++) await pass(130_000);
    expect(server.asked.filter(({ id }) => id === 'stroke')).toHaveLength(TRIES_MAX);
    expect(await outbox.list()).toMatchObject([{ id: 'stroke', parked: NOT_SENT }]);
    expect(outbox.state()).toMatchObject({ waiting: 0, parked: 1 });
    expect(parked).toEqual(['stroke']);
  });

  it('counts no try without a line, and sends when it is back', async () => {
    const browser = new FakeBrowser();
    let isOnline = false;
    const server = fakeServer(() => (isOnline ? undefined : OFFLINE));
    const outbox = tab(browser, server.sender);
    await outbox.add('log', 'one', log('one', 'fist'));
    for (let turn = 0; turn < 40; turn++) await pass(30_000);
    expect(await outbox.list()).toMatchObject([{ id: 'one', tries: 0, parked: null }]);
    expect(outbox.state().stalled).toBe('unreachable');
    isOnline = true;
    await pass(30_000);
    expect(server.ids()).toEqual(['one']);
    expect(outbox.state()).toMatchObject({ waiting: 0, stalled: null });
  });

  it('gives every lane its turn, however many others are always cut off', async () => {
    const writes = fc.array(fc.record({ lane: fc.nat(7), isUrgent: fc.boolean() }), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(writes, fc.uniqueArray(fc.nat(7), { maxLength: 6 }), async (made, cut) => {
        userId = uuidv7();
        const server = fakeServer(({ input }) =>
          cut.some((lane) => JSON.stringify(input).includes(`"lane ${lane}`)) ? OFFLINE : undefined,
        );
        const outbox = tab(new FakeBrowser(), server.sender);
        const owed: Record<string, string[]> = {};
        for (const [n, { lane, isUrgent }] of made.entries()) {
          const id = `${userId} ${n}`;
          const subject = isUrgent ? id : `lane ${lane}`;
          if (isUrgent) await outbox.add('it_hurts', id, { visitId: `lane ${lane}`, opId: id });
          else await outbox.add('annotation', id, stroke(subject, n));
          if (!cut.includes(lane)) owed[subject] = [...(owed[subject] ?? []), id];
        }
        for (let turn = 0; turn < 12; turn++) await pass(30_000);
        for (const ids of Object.values(owed)) expect(server.ids().filter((id) => ids.includes(id))).toEqual(ids);
        outbox.close();
      }),
      { numRuns: 25 },
    );
  });

  it('lets later lanes through where two are always cut off, urgent ones too', async () => {
    const cut = ['one', 'two', 'three'];
    const server = fakeServer(({ id }) => (cut.includes(id) ? OFFLINE : undefined));
    const outbox = tab(new FakeBrowser(), server.sender);
    for (const id of cut) await outbox.add('log', id, log(id, id, 'urgent'));
    await outbox.add('annotation', 'stroke', stroke('v', 1));
    await outbox.add('log', 'calm', log('calm', 'fist'));
    for (let turn = 0; turn < 4; turn++) await pass(30_000);
    expect(server.ids().sort()).toEqual(['calm', 'stroke']);
    expect(await outbox.list()).toMatchObject(cut.map((id) => ({ id, tries: 0, parked: null })));
  });

  it('begins with what is urgent, and after a cut with what was cut off the longest ago', async () => {
    let isOnline = false;
    const cut = ['b', 'c', 'd', 'e'];
    const server = fakeServer(({ id }) => (isOnline && !cut.includes(id) ? undefined : OFFLINE));
    const outbox = tab(new FakeBrowser(), server.sender);
    for (const id of ['a', ...cut]) await outbox.add('log', id, log(id, id));
    await outbox.add('log', 'pain', log('pain', 'fist', 'urgent'));
    for (let turn = 0; turn < 6; turn++) await pass(30_000);
    const asked = server.asked.slice(-10).map(({ id }) => id);
    expect(asked.filter((_, at) => at % 2 === 0)).toEqual(Array(5).fill('pain'));
    expect(new Set(asked)).toEqual(new Set(['a', ...cut, 'pain']));
    isOnline = true;
    const before = server.asked.length;
    await pass(30_000);
    expect(server.asked[before]?.id).toBe('pain');
    for (let turn = 0; turn < 4; turn++) await pass(30_000);
    expect(server.ids()).toEqual(['pain', 'a']);
  });

  it('sends what the page alone has also while the store cannot be read', async () => {
    let isOnline = false;
    const server = fakeServer(() => (isOnline ? undefined : OFFLINE));
    const outbox = tab(new FakeBrowser(), server.sender);
    await pass(0);
    breakStore('put', isFull);
    await expect(outbox.add('log', 'pain', log('pain', 'fist', 'red'))).rejects.toThrow(NotKept);
    breakStore('index', isClosing);
    isOnline = true;
    for (let turn = 0; turn < 2; turn++) await pass(30_000);
    expect(server.ids()).toEqual(['pain']);
    expect(outbox.state().onPageOnly).toBe(0);
  });

  it('lets what the page alone has, and what is stored, through where two of the page are always cut off', async () => {
    const cut = ['one', 'two'];
    let isOnline = false;
    const server = fakeServer(({ id }) => (cut.includes(id) || !isOnline ? OFFLINE : undefined));
    const outbox = tab(new FakeBrowser(), server.sender);
    await outbox.add('annotation', 'stroke', stroke('v', 1));
    breakStore('put', isFull);
    for (const id of [...cut, 'pain']) await expect(outbox.add('log', id, log(id, id, 'red'))).rejects.toThrow(NotKept);
    isOnline = true;
    for (let turn = 0; turn < 4; turn++) await pass(30_000);
    expect(server.ids().sort()).toEqual(['pain', 'stroke']);
    expect(outbox.state().onPageOnly).toBe(2);
  });

  it('parks at once what the server refuses, and the lane goes on', async () => {
    const server = fakeServer(({ id }) => (id === 'large' ? { outcome: 'refused', reason: 'too_large' } : undefined));
    const outbox = tab(new FakeBrowser(), server.sender);
    await outbox.add('annotation', 'large', stroke('v', 1));
    await outbox.add('annotation', 'small', stroke('v', 2));
    await pass(0);
    expect(server.ids()).toEqual(['small']);
    expect(await outbox.list()).toMatchObject([{ id: 'large', parked: 'too_large' }]);
    await outbox.discard('large');
    expect(await idsOf(outbox)).toEqual([]);
  });

  it('tries again by a press, and what was laid aside with the next page', async () => {
    const browser = new FakeBrowser();
    let isRefused = true;
    const server = fakeServer(() => (isRefused ? { outcome: 'refused', reason: 'bad_request' } : undefined));
    const outbox = tab(browser, server.sender);
    await outbox.add('log', 'one', log('one', 'fist'));
    await pass(0);
    await outbox.setAside('one');
    expect(outbox.state()).toMatchObject({ waiting: 1, parked: 0 });
    isRefused = false;
    await pass(600_000);
    expect(server.ids()).toEqual([]);
    tab(browser, server.sender);
    await pass(0);
    expect(server.ids()).toEqual(['one']);
  });

  it('sends by one of two tabs, and tells both', async () => {
    const browser = new FakeBrowser();
    const server = fakeServer(() => new Promise((resolve) => setImmediate(() => resolve(undefined))));
    const one = tab(browser, server.sender);
    const two = tab(browser, server.sender);
    const heard: string[] = [];
    one.onSent(({ id }) => void heard.push(`one ${id}`));
    two.onSent(({ id }) => void heard.push(`two ${id}`));
    await Promise.all([one.add('log', 'a', log('a', 'fist')), two.add('log', 'b', log('b', 'grip'))]);
    await pass(0);
    expect(server.asked.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(browser.together).toBe(1);
    expect(heard.sort()).toEqual(['one a', 'one b', 'two a', 'two b']);
    expect([one.state().waiting, two.state().waiting]).toEqual([0, 0]);
  });

  it('comes back after the browser has closed its database', async () => {
    const server = fakeServer();
    const outbox = tab(new FakeBrowser(), server.sender);
    await pass(0);
    breakStore('index', isClosing);
    const flushed = outbox.flush();
    await pass(0);
    await flushed;
    mendStores();
    await outbox.add('log', 'one', log('one', 'fist'));
    await pass(2000);
    expect(server.ids()).toEqual(['one']);
  });

  it('goes on by itself where the database closed in the middle of a turn', async () => {
    let isFirst = true;
    const server = fakeServer(() => {
      if (isFirst) breakStore('index', isClosing);
      isFirst = false;
      return undefined;
    });
    const outbox = tab(new FakeBrowser(), server.sender);
    await outbox.add('log', 'one', log('one', 'fist'));
    await pass(0);
    mendStores();
    await pass(2000);
    expect(await idsOf(outbox)).toEqual([]);
  });

  it('sends directly what a full device cannot keep, and says so where that fails', async () => {
    let isOnline = true;
    const server = fakeServer(() => (isOnline ? undefined : OFFLINE));
    const browser = new FakeBrowser();
    const outbox = tab(browser, server.sender);
    await pass(0);
    breakStore('put', isFull);
    await outbox.add('log', 'one', log('one', 'fist'));
    expect(server.ids()).toEqual(['one']);
    isOnline = false;
    await expect(outbox.add('log', 'two', log('two', 'fist'), { inForm: true })).rejects.toThrow(NotKept);
    const pain = outbox.add('log', 'pain', log('pain', 'fist', 'red'), { inForm: true });
    await expect(pain).rejects.toMatchObject({ onPage: true });
    expect(await idsOf(outbox)).toEqual(['pain']);
    expect(outbox.state().onPageOnly).toBe(1);
    isOnline = true;
    await pass(60_000);
    expect(server.ids()).toEqual(['one', 'pain']);
    expect(outbox.state().onPageOnly).toBe(0);
  });

  it('sends a correction behind what it corrects, and a log behind the pain that stopped it', async () => {
    const browser = new FakeBrowser();
    let isOnline = false;
    const server = fakeServer(({ id }) => (!isOnline ? OFFLINE : id === 'hurt' ? BROKEN : undefined));
    const outbox = tab(browser, server.sender);
    await outbox.add('log', 'pain', log('pain', 'fist', 'urgent'));
    const slip = { ...log('slip', 'fist'), logs: [{ ...log('slip', 'fist').logs[0], supersedesId: 'pain' }] };
    await outbox.add('log', 'slip', slip);
    const hurts = { checkId: 'check', occasion: 'it_hurts', subjectId: 'sitting', redFlags: null, shown: null };
    await outbox.add('symptoms', 'hurt', hurts);
    await outbox.add('log', 'sitting', log('sitting', 'grip'));
    isOnline = true;
    browser.goOnline();
    await pass(0);
    expect(server.ids()).toEqual(['pain', 'slip']);
  });

  it('takes over what an earlier build queued, in its order and in the shape of today', async () => {
    const { openDB } = await import('idb');
    const db = await openDB('regrasp-outbox', 1, {
      upgrade: (made) =>
        void made.createObjectStore('outbox', { keyPath: 'id' }).createIndex('order', ['userId', 'createdAt', 'id']),
    });
    const answers = { v: 1, pain: 2, redFlags: [] };
    const item = { userId, tries: 0, parked: null };
    await db.put('outbox', { ...item, id: 'b', kind: 'check_in', createdAt: 2, input: { checkInId: 'c', answers } });
    await db.put('outbox', { ...item, id: 'a', kind: 'log', createdAt: 1, input: log('a', 'fist') });
    const server = fakeServer();
    tab(new FakeBrowser(), server.sender);
    await pass(0);
    expect(server.got).toMatchObject([{ id: 'a' }, { id: 'b', input: { answers: { v: 2, pain: 2, redFlags: null } } }]);
    expect(await db.count('outbox')).toBe(0);
    db.close();
  });

  it('gives each person their own, through their own seal', async () => {
    const before = seals.of;
    const backwards = (text: string) => [...text].reverse().join('');
    seals.of = () => ({
      seal: async (piece) => (typeof piece === 'string' ? (backwards(piece) as typeof piece) : piece),
      open: async (piece) => (typeof piece === 'string' ? (backwards(piece) as typeof piece) : piece),
    });
    const browser = new FakeBrowser();
    const mine = tab(browser, async () => OFFLINE);
    const other = tab(browser, async () => OFFLINE, uuidv7());
    await mine.add('log', 'one', { ...log('one', 'fist'), comment: 'it aches' });
    expect(await other.list()).toEqual([]);
    expect(await mine.list()).toMatchObject([{ input: { comment: 'it aches' } }]);
    const { openDB } = await import('idb');
    const db = await openDB('regrasp-writes', 1);
    const stored = JSON.stringify(await db.getAll('writes'));
    db.close();
    seals.of = before;
    expect(stored).toContain(backwards('it aches'));
    expect(stored).not.toContain('it aches');
  });
});
