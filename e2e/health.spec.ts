import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { withoutTable } from '../db/factories/missing-table';
import { insertAudit } from '../db/queries/clinic/audit';
import { takeLease } from '../db/queries/runtime/leases';
import { Doors } from './doors';
import { expect, makePair, test } from './fixtures';
import { startServer, type TestServer } from './server';

/** A server of its own, because these promises are about parts that are taken away while it runs. */
async function withOwnServer(act: (server: TestServer, door: Doors) => Promise<void>) {
  const server = await startServer({ withoutLiveKit: true });
  try {
    await act(server, await Doors.of(server, null));
  } finally {
    await server.stop();
  }
}

test('Health says what is missing as degraded, and down only without the database', async () => {
  await withOwnServer(async (server, door) => {
    const health = async () => {
      const { status, text, headers } = await door.ask('/api/health');
      expect(headers.get('cache-control')).toBe('no-store');
      return { status, ...JSON.parse(text) };
    };
    const ready = { status: 200, ready: true, database: 'ok' };
    const live = async () => (await door.ask('/api/health?live')).text;
    expect(JSON.parse(await live())).toEqual({ live: true });
    expect(await health()).toEqual({ ...ready, degraded: ['media_server'] });

    const { MEDIA_DIR = '' } = server.env;
    renameSync(MEDIA_DIR, `${MEDIA_DIR}-away`);
    writeFileSync(MEDIA_DIR, '');
    expect(await health()).toEqual({ ...ready, degraded: ['media_server', 'storage'] });
    rmSync(MEDIA_DIR);
    renameSync(`${MEDIA_DIR}-away`, MEDIA_DIR);

    // Another holder has the sealer's lease, as a process that hangs would.
    const nowMs = Date.now();
    const act = { act: 'program.write', patientId: null, subjectId: null, outcome: 'done' as const };
    const row = { id: uuidv7(), clinicId: uuidv7(), actorId: null, sessionId: null, ...act, nowMs: nowMs - 61_000 };
    await makeInDatabase(server.databaseUrl, ({ write }) =>
      write(function* (d) {
        const lease = { name: 'audit-sealer', holder: 'hangs', untilAt: nowMs + 600_000 };
        yield* takeLease(d, { ...lease, nowMs: nowMs + 60_000 });
        yield* insertAudit(d, row);
      }),
    );
    expect(await health()).toEqual({ ...ready, degraded: ['media_server', 'audit_seal'] });

    await withoutTable(server.databaseUrl, 'audit_events', async () => {
      expect(await health()).toEqual({ status: 503, ready: false, database: 'down', degraded: ['media_server'] });
      expect(JSON.parse(await live())).toEqual({ live: true });
    });
    expect(await health()).toMatchObject(ready);
  });
});

test('What fails inside tells nobody how: 500, and no SQL, stack or path in body or headers', async () => {
  await withOwnServer(async (server) => {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const mira = await Doors.of(server, pair.mira.userId);
    const whose = { patientId: pair.ana.patientId };
    const asked = () => [
      mira.query('programs.ofPatient', whose),
      mira.mutate('programs.create', { ...whose, title: 'Secret title' }),
      // A page that is rendered by the server from the same rows.
      mira.ask(`/patients/${whose.patientId}`),
    ];
    const answers = await withoutTable(server.databaseUrl, 'programs', () => Promise.all(asked()));
    const { status, text } = answers[1] ?? { status: 0, text: '' };
    expect([answers[0]?.status, status]).toEqual([500, 500]);
    const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: 'internal_server_error', fields: [] };
    expect(JSON.parse(text)).toEqual({ error: { message: 'internal_server_error', code: -32603, data } });
    for (const answer of answers) {
      const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
      expect(headers).not.toMatch(
        /\bselect\b|insert into|SQLITE|drizzle|no such table|Secret|node_modules|\.[jt]s:\d+/i,
      );
      expect(answer.text).not.toMatch(/no such table|Secret title/);
    }
    // The log has it, for whoever runs the server.
    expect(server.log.join('\n')).toContain('no such table');
    for (const { status: again } of await Promise.all(asked())) expect(again).toBe(200);
  });
});
