import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import { sessionCookie } from './fixtures';
import type { TestServer } from './server';

export type Answer = { status: number; text: string; headers: Headers };

/** What no answer to anybody may hold: SQL, a stack, a path of this machine or of the build. */
const INSIDES = [
  /\b(insert into|delete from|failed query|syntax error at|select .{1,80} from "|update "\w+" set)\b/i,
  /SQLITE_\w+|better-sqlite3|drizzle/i,
  /^\s+at .+:\d+:\d+\)?$/m,
  /"(stack|cause|params)":/,
  /node_modules|\.next\/server|webpack-internal/,
];

function expectNoInsides(server: TestServer, where: string, text: string): void {
  const found = INSIDES.map((inside) => inside.exec(text)?.[0]).filter((match) => match !== undefined);
  for (const path of [server.folder, process.cwd()]) if (text.includes(path)) found.push(path);
  expect(found, `${where} tells what is inside`).toEqual([]);
}

type Ask = { method?: string; headers?: Record<string, string>; body?: BodyInit };

/** The doors of the built app as one person reaches them over HTTP, without a browser. Every answer is looked through. */
export class Doors {
  readonly #server: TestServer;
  readonly #cookie: string;

  private constructor(server: TestServer, cookie: string) {
    this.#server = server;
    this.#cookie = cookie;
  }

  static async of(server: TestServer, userId: string | null): Promise<Doors> {
    if (userId === null) return new Doors(server, '');
    const { name, value } = await sessionCookie(server, userId);
    return new Doors(server, `${name}=${value}`);
  }

  async ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
    const { url } = this.#server;
    const own = { origin: url, cookie: this.#cookie, ...headers };
    const answer = await fetch(`${url}${path}`, { method, headers: own, body, redirect: 'manual' });
    const text = await answer.text();
    expectNoInsides(this.#server, `${method} ${path.slice(0, 80)}`, text);
    return { status: answer.status, text, headers: answer.headers };
  }

  /** Asks a procedure. */
  query(procedure: string, input: unknown): Promise<Answer> {
    const asked = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.ask(`/api/trpc/${procedure}${asked}`);
  }

  /** Lets a procedure write. */
  mutate(procedure: string, input: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(`/api/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) });
  }

  tus(method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit): Promise<Answer> {
    const versioned = { 'Tus-Resumable': '1.0.0', ...headers };
    return this.ask(`/api/uploads${path}`, { method, headers: versioned, body });
  }

  createUpload(mediaId: string, bytes: number): Promise<Answer> {
    const metadata = `mediaId ${Buffer.from(mediaId).toString('base64')}`;
    return this.tus('POST', '', { 'Upload-Length': String(bytes), 'Upload-Metadata': metadata });
  }

  sendUpload(mediaId: string, body: Buffer, offset = 0): Promise<Answer> {
    const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
    return this.tus('PATCH', `/${mediaId}`, headers, new Uint8Array(body));
  }

  /** The whole way of a clip through the patient's door: create, send, say that it is all. Returns the last answer. */
  async upload(mediaId: string, bytes: Buffer): Promise<Answer> {
    expect((await this.createUpload(mediaId, bytes.length)).status).toBe(201);
    expect((await this.sendUpload(mediaId, bytes)).status).toBe(204);
    return await this.mutate('media.finish', { mediaId, sha256: sha256(bytes) });
  }
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The reason that a refused procedure gives. */
export const reasonOf = ({ text }: Answer): string => JSON.parse(text).error?.message;

/** What a procedure answered. */
export const resultOf = ({ text }: Answer) => JSON.parse(text).result?.data;
