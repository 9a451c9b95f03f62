import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { acquireLiveKit, LIVEKIT_VERSION } from './livekit-server.mjs';
import { run } from './spawn.mjs';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An archive as the release has it; the program inside only tells its version, as nothing more is asked of it here. */
async function release(sumOf: (archive: Buffer) => string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-release-'));
  writeFileSync(join(folder, 'livekit-server'), `#!/bin/sh\necho "livekit-server version ${LIVEKIT_VERSION}"\n`);
  chmodSync(join(folder, 'livekit-server'), 0o755);
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const name = `livekit_${LIVEKIT_VERSION}_linux_${arch}.tar.gz`;
  await run('tar', ['-czf', name, 'livekit-server'], { cwd: folder });
  const archive = readFileSync(join(folder, name));
  const files: Record<string, Buffer> = {
    [`/v${LIVEKIT_VERSION}/${name}`]: archive,
    [`/v${LIVEKIT_VERSION}/checksums.txt`]: Buffer.from(`${sumOf(archive)}  ${name}\n`),
  };
  const server = createServer((request, response) => {
    const body = files[request.url ?? ''];
    response.writeHead(body ? 200 : 404).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

function emptyMachine(releases: string): Record<string, string> {
  const cache = mkdtempSync(join(tmpdir(), 'regrasp-cache-'));
  mkdirSync(join(cache, 'bin'));
  return { PATH: join(cache, 'bin'), REGRASP_CACHE: cache, REGRASP_LIVEKIT_RELEASES: releases };
}

const sha256 = (archive: Buffer) => createHash('sha256').update(archive).digest('hex');

describe('getting a LiveKit server', () => {
  it('takes the official archive where nothing else is there, and finds it again in the cache', async () => {
    const env = emptyMachine(await release(sha256));
    const binary = await acquireLiveKit(env);
    expect(binary).toContain(`livekit-server-v${LIVEKIT_VERSION}`);
    for (const server of servers.splice(0)) server.close();
    expect(await acquireLiveKit(env)).toBe(binary);
  });

  it('refuses an archive whose checksum differs and names the ways out', async () => {
    const env = emptyMachine(await release(() => '0'.repeat(64)));
    await expect(acquireLiveKit(env)).rejects.toThrow(/SHA-256[\s\S]*LIVEKIT_SERVER_BIN/);
  });

  it('refuses a named binary that is not a LiveKit server', async () => {
    await expect(acquireLiveKit({ LIVEKIT_SERVER_BIN: '/bin/true' })).rejects.toThrow('is not a LiveKit server');
  });
});
