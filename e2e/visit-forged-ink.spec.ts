import type { Page } from '@playwright/test';
import { AccessToken, DataPacket_Kind, RoomServiceClient } from 'livekit-server-sdk';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { findVisitSurface, listAnnotationOps } from '../db/queries/annotation/surfaces';
import { findVisit } from '../db/queries/visit/visits';
import { encodeInk } from '../domain/annotation/ink';
import type { Mark, Point } from '../domain/annotation/mark';
import type { Operation } from '../domain/annotation/operation';
import { encodeOperation, OPERATION_BYTES_MAX } from '../domain/annotation/wire';
import { type BareRoom, joinBare } from './bare-room';
import { Doors, resultOf } from './doors';
import { expect, test } from './fixtures';
import { drawAcross, meet, stageOf } from './meeting';
import { findColour, look } from './pixels';
import type { TestServer } from './server';

const CLINICIAN_INK = [244, 240, 74] as const;
const PARTICIPANT_REMOVED = 4;

const line = [
  { x: 0.3, y: 0.5 },
  { x: 0.7, y: 0.5 },
];
const pen = (): Mark => ({
  markId: uuidv7(),
  kind: 'pen',
  points: line,
  anchor: { kind: 'live' },
  aspect: 4 / 3,
  side: 'right',
});
const operation = (op: Operation) => encodeOperation({ v: 1, opId: uuidv7(), lamport: 1, tMs: Date.now(), op });
const penOperation = () => operation({ kind: 'commit', mark: pen() });
const arrowOperation = () =>
  operation({ kind: 'commit', mark: { ...pen(), kind: 'arrow', points: line as [Point, Point] } });
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Messages that a patient's own line may carry and that must count for nothing. */
function badMessages(): [string, Uint8Array, boolean][] {
  const spaces = ' '.repeat(OPERATION_BYTES_MAX);
  const measured = {
    ...pen(),
    kind: 'angle' as const,
    points: [line[0], line[1], { x: 0.7, y: 0.2 }] as Extract<Mark, { kind: 'angle' }>['points'],
    measurement: {
      joint: 'pip' as const,
      digit: 'index' as const,
      side: 'right' as const,
      motion: 'flexion' as const,
      activity: 'active' as const,
      view: 'radial' as const,
    },
  };
  const good = new TextDecoder().decode(penOperation());
  return [
    ['operation', operation({ kind: 'stage', stillId: uuidv7() }), true],
    ['operation', operation({ kind: 'commit', mark: measured }), true],
    ['operation', bytesOf(good + spaces), true],
    ['operation', bytesOf('{"v":1'), true],
    ['operation', bytesOf('{"__proto__":{"v":1},"op":{"kind":"commit"}}'), true],
    ['operation', bytesOf(good.replace('"pen"', '"<script>"')), true],
    ['operation', new Uint8Array([0xff, 0xfe, 0x00, 0x80]), true],
    ['operation', new Uint8Array(), true],
    ['control', penOperation(), true],
    ['anything', penOperation(), true],
    ['', penOperation(), true],
    ['ink', bytesOf('{"type":"begin"}'), false],
    ['ink', bytesOf(`${new TextDecoder().decode(beginInk())}${' '.repeat(1300)}`), false],
  ];
}

const beginInk = (markId = uuidv7()) =>
  encodeInk({
    type: 'begin',
    markId,
    kind: 'line',
    anchor: { kind: 'live' },
    aspect: 4 / 3,
    point: { x: 0.2, y: 0.2 },
  });

const marksOf = (page: Page) => page.getByRole('listitem').filter({ hasText: / by / });

/**
 * At the moment a good mark is there, nothing that was sent before it is. Both pages are looked at side by side and at
 * once: live marks fade by themselves after 4 seconds.
 */
async function expectOnlyTheArrow(pages: Page[]): Promise<void> {
  const pictures = await Promise.all(
    pages.map(async (page) => {
      await marksOf(page).filter({ hasText: 'Arrow by Ana Duarte' }).waitFor({ state: 'attached' });
      expect(await marksOf(page).allTextContents()).toEqual(['Arrow by Ana Duarte']);
      return await look(page.getByRole('figure').first());
    }),
  );
  for (const picture of pictures) expect(findColour(picture, CLINICIAN_INK)).toBeNull();
}

/** Sends a good mark until both pages show it: only then do they know this participant, and count what it says. */
async function untilKnown(room: BareRoom, pages: Page[]): Promise<void> {
  await expect(async () => {
    await room.send('operation', arrowOperation());
    for (const page of pages) await expect(marksOf(page)).not.toHaveCount(0, { timeout: 1000 });
  }).toPass();
  for (const page of pages) await expect(marksOf(page)).toHaveCount(0);
}

/** What the record has of a visit's drawing, and the secret name of its room. */
const recordOf = (server: TestServer, scope: { clinicId: string; patientId: string; visitId: string }) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const { roomName } = (yield* findVisit(d, scope)) ?? {};
      const surface = yield* findVisitSurface(d, scope);
      const page = { surfaceId: surface?.id ?? '', sinceRevision: 0, limit: 100 };
      return { roomName: roomName ?? '', operations: yield* listAnnotationOps(d, page) };
    }),
  );

test('Ink of strangers, of nobody and of a wrong form counts for nothing, and the visit goes on', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const address = await meet(mira, ana, pair.ana.patientId);
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  await expect(ana.getByText('Connected', { exact: true })).toBeVisible();
  const scope = {
    clinicId: pair.clinicId,
    patientId: pair.ana.patientId,
    visitId: address.split('/').at(-1) ?? '',
  };
  const { roomName } = await recordOf(server, scope);
  const { url, apiUrl, key, secret } = server.liveKit;
  const doors = await Doors.of(server, pair.ana.userId);
  const roomAccess = resultOf(await doors.mutate('visits.token', { visitId: scope.visitId, tabNonce: 'secondtab' }));
  const own = await joinBare(await people.page(null), roomAccess);

  await untilKnown(own, [mira, ana]);
  for (const [topic, bytes, reliable] of badMessages()) await own.send(topic, bytes, { reliable });
  const service = new RoomServiceClient(apiUrl, key, secret);
  await service.sendData(roomName, penOperation(), DataPacket_Kind.RELIABLE, { topic: 'operation' });
  const heard = async () =>
    (await own.received()).map(({ sender, topic }) => `${sender.split(':')[1] ?? 'nobody'} ${topic}`);
  await expect.poll(heard).toEqual(['nobody operation']);
  await own.send('operation', arrowOperation());
  await expectOnlyTheArrow([mira, ana]);

  // The app puts strangers out at once; while it stands still this one can speak.
  const identity = `${uuidv7()}:stranger`;
  const token = new AccessToken(key, secret, { identity });
  token.addGrant({ roomJoin: true, room: roomName, canPublish: true, canPublishData: true, canSubscribe: true });
  process.kill(server.app.pid ?? 0, 'SIGSTOP');
  const stranger = await joinBare(await people.page(null), { url, token: await token.toJwt() });
  await expect.poll(() => own.peers()).toContain(identity);
  for (const page of [mira, ana]) await expect(marksOf(page)).toHaveCount(0);
  await stranger.send('operation', penOperation());
  const markId = uuidv7();
  await stranger.send('ink', beginInk(markId));
  await stranger.send('ink', encodeInk({ type: 'extend', markId, from: 1, points: [{ x: 0.8, y: 0.2 }] }));
  await expect.poll(heard).toEqual(['nobody operation', 'stranger operation', 'stranger ink', 'stranger ink']);
  await own.send('operation', arrowOperation());
  await expectOnlyTheArrow([mira, ana]);
  process.kill(server.app.pid ?? 0, 'SIGCONT');
  await expect.poll(() => stranger.left()).toBe(PARTICIPANT_REMOVED);

  const box = await stageOf.mira(mira).boundingBox();
  if (!box) throw new Error('the stage is on the page');
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await expect(marksOf(ana).filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  const stored = async () => (await recordOf(server, scope)).operations.map((one) => [one.authorRole, one.kind]);
  await expect.poll(stored, { timeout: 45_000 }).toEqual([['clinician', 'commit']]);
});
