import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEFT_OUT } from './livekit-parts.mjs';

const SOURCES = 'node_modules/livekit-client/src';

/** By the name under which the library holds it. */
const MANAGERS = {
  incomingDataTrackManager: 'room/data-track/incoming/IncomingDataTrackManager.ts',
  outgoingDataTrackManager: 'room/data-track/outgoing/OutgoingDataTrackManager.ts',
  roomOutgoingDataTrackManager: 'room/data-track/outgoing/OutgoingDataTrackManager.ts',
  frameMetadataManager: 'frameMetadata/FrameMetadataManager.ts',
  rpcClientManager: 'room/rpc/client/RpcClientManager.ts',
  rpcServerManager: 'room/rpc/server/RpcServerManager.ts',
};

const library = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
  .join('\n');

describe('what a visit does without', () => {
  it.each(Object.entries(MANAGERS))('%s has all that livekit-client calls', async (held, file) => {
    const text = LEFT_OUT[`livekit-client/src/${file}`] ?? '';
    const made: Record<string, new () => object> = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const Manager = made.default ?? made.FrameMetadataManager;
    const calls = library.matchAll(new RegExp(`\\b${held}\\s*[?!]?\\.(\\w+)\\(`, 'g'));
    const called = new Set([...calls].map(([, name]) => name ?? ''));
    expect(called.size).toBeGreaterThan(0);
    const stands = Manager ? new Manager() : {};
    expect([...called].filter((name) => typeof Reflect.get(stands, name) !== 'function')).toEqual([]);
  });

  it('is there to be left out', () => {
    for (const part of Object.keys(LEFT_OUT)) expect(readFileSync(join('node_modules', part), 'utf8')).not.toBe('');
  });
});
