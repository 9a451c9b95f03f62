import 'server-only';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { type Body, type Db, isTogether } from './body';
import { POSTGRES } from './columns';
import { isRetryable } from './errors';

export type Database = {
  readonly engine: 'sqlite' | 'postgres';
  readonly url: string;
  /** Runs a body that only reads, on one snapshot. */
  read<T>(body: (d: Db) => Body<T>): Promise<T>;
  /** Runs a body as one transaction; on PostgreSQL the whole body is retried on a serialization failure. */
  write<T>(body: (d: Db) => Body<T>): Promise<T>;
  /** PostgreSQL only: a channel shared by all processes. SQLite has one process and needs none. */
  readonly channel: Channel | null;
  /** Leaves nothing of deleted rows in the write-ahead log (SQLite; PostgreSQL recycles its own). Throws where somebody holds it. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

type ChannelHandlers = {
  onMessage(payload: string): void;
  /** From now on nothing is missed. */
  onUp(): void;
  /** From now on messages are missed, until it is up again. */
  onDown(error: unknown): void;
};

type Channel = {
  notify(payload: string): Promise<void>;
  /** Hears until it is stopped. A connection that is lost is made anew, again and again. */
  listen(handlers: ChannelHandlers): { stop(): Promise<void> };
};

/** The file behind `file:…` or a plain path. */
export function sqliteFile(url: string): string {
  return url.replace(/^file:(\/\/)?/, '');
}

/** Opens the database that the URL names; its dialect must be the one DATABASE_URL chose for this process. */
export function openDatabase(url: string): Database {
  return POSTGRES ? openPostgres(url) : openSqlite(url);
}

function openSqlite(url: string): Database {
  const file = sqliteFile(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file, { timeout: 5000 });
  for (const pragma of [
    'busy_timeout=5000',
    'journal_mode=WAL',
    'synchronous=FULL',
    'foreign_keys=ON',
    // 64 MiB of pages in memory: with SQLite's own 2 a question about a whole caseload reads every page anew.
    'cache_size=-65536',
    'secure_delete=ON',
  ]) {
    connection.pragma(pragma);
  }
  const drizzle = drizzleSqlite(connection);
  const run = <T>(body: (d: Db) => Body<T>, behavior: 'deferred' | 'immediate') =>
    drizzle.transaction((t) => driveSync(body(t as unknown as Db)), { behavior });
  return {
    engine: 'sqlite',
    url,
    read: async (body) => run(body, 'deferred'),
    write: async (body) => run(body, 'immediate'),
    channel: null,
    // With `secure_delete` the pages themselves are overwritten; the log that carried them is emptied here.
    forget: async () => {
      const [result] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (result?.busy !== 0) throw new Error('somebody reads the database: its log could not be emptied');
    },
    close: async () => {
      connection.close();
    },
  };
}

type SyncStep = { prepare(): { execute(): { sync(): unknown } } };

/** A Drizzle builder of better-sqlite3 runs synchronously through its prepared statement. */
const runSync = (step: PromiseLike<unknown>) => (step as unknown as SyncStep).prepare().execute().sync();

function driveSync<T>(body: Body<T>): T {
  let next = body.next();
  while (!next.done) {
    let value: unknown;
    try {
      value = isTogether(next.value) ? next.value.together.map(runSync) : runSync(next.value);
    } catch (error) {
      next = body.throw(error);
      continue;
    }
    next = body.next(value);
  }
  return next.value;
}

async function driveAsync<T>(body: Body<T>): Promise<T> {
  let next = body.next();
  while (!next.done) {
    let value: unknown;
    try {
      value = isTogether(next.value) ? await Promise.all(next.value.together) : await next.value;
    } catch (error) {
      next = body.throw(error);
      continue;
    }
    next = body.next(value);
  }
  return next.value;
}

const RETRIES = 15;

function openPostgres(url: string): Database {
  // Questions asked together are sent together, not one after the answer to the other.
  const pool = new pg.Pool({ connectionString: url, max: 10, pipeline: true });
  // An idle client that loses its server must not end the process; the next query reports the loss.
  pool.on('error', () => undefined);
  const drizzle = drizzlePostgres(pool);
  return {
    engine: 'postgres',
    url,
    read: (body) => readOnce(pool, body),
    write: (body) =>
      retrying(() => drizzle.transaction((t) => driveAsync(body(t)), { isolationLevel: 'serializable' })),
    channel: postgresChannel(pool, url),
    forget: async () => undefined,
    close: () => pool.end(),
  };
}

/**
 * One snapshot for a body that only reads. Its first question is sent behind the `begin`, and nothing waits for the
 * `commit`: each would be a way there and back, on a page that asks for eight things sixteen of them.
 */
async function readOnce<T>(pool: pg.Pool, body: (d: Db) => Body<T>): Promise<T> {
  const client = await pool.connect();
  const begun = client.query('begin isolation level repeatable read read only');
  // Where it fails, so does every question behind it; the body hears of that one.
  begun.catch(() => undefined);
  try {
    const answer = await driveAsync(body(drizzlePostgres(client)));
    await begun;
    endRead(client, 'commit');
    return answer;
  } catch (error) {
    endRead(client, 'rollback');
    throw error;
  }
}

/** Whoever takes the connection next is answered after this; one that cannot end its snapshot is not used again. */
function endRead(client: pg.PoolClient, how: 'commit' | 'rollback'): void {
  client.query(how).then(
    () => client.release(),
    (error: Error) => client.release(error),
  );
}

async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= RETRIES || !isRetryable(error)) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 5 * 2 ** attempt)));
    }
  }
}

const CHANNEL = 'regrasp_live';

function postgresChannel(pool: pg.Pool, url: string): Channel {
  return {
    notify: async (payload) => {
      await pool.query('select pg_notify($1, $2)', [CHANNEL, payload]);
    },
    listen: (handlers) => listenAgainAndAgain(url, handlers),
  };
}

const RELISTEN_MS = 1000;
const RELISTEN_MAX_MS = 15_000;

/** A connection of its own, since those of the pool come and go. After a failover it is made anew. */
function listenAgainAndAgain(url: string, { onMessage, onUp, onDown }: ChannelHandlers): { stop(): Promise<void> } {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let tries = 0;
  const again = (from: pg.Client, error: unknown) => {
    if (from !== client || isStopped) return;
    client = null;
    from.end().catch(() => undefined);
    onDown(error);
    timer = setTimeout(begin, Math.min(RELISTEN_MAX_MS, RELISTEN_MS * 2 ** Math.min(tries++, 6))).unref();
  };
  const begin = () => {
    const made = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000 });
    client = made;
    made.on('error', (error) => again(made, error));
    made.on('end', () => again(made, new Error('the connection ended')));
    made.on('notification', (message) => onMessage(message.payload ?? ''));
    made
      .connect()
      .then(() => made.query(`listen ${CHANNEL}`))
      .then(() => {
        if (made !== client) return;
        tries = 0;
        onUp();
      })
      .catch((error: unknown) => again(made, error));
  };
  begin();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
