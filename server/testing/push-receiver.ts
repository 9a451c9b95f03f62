import 'server-only';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

type Pushed = { path: string; headers: IncomingHttpHeaders; body: Buffer };

/** What a service answers: a status, `cut` the line before an answer, or `hang`. */
export type PushManner = number | 'cut' | 'hang';

export type PushReceiver = {
  readonly received: Pushed[];
  /** How to get there: TLS by a key that both know, so that no certificate lies about. */
  readonly options: RequestOptions;
  /** A browser that subscribed, with the private half of its key. */
  subscribe(): Subscribed;
  stop(): Promise<void>;
};

export type Subscribed = {
  endpoint: string;
  p256dh: string;
  auth: string;
  /** Reads a message as RFC 8291 and RFC 8188 say, by nothing that the sender uses. */
  read(body: Buffer): string;
};

const PSK = { psk: randomBytes(32), identity: 'push' };
const TLS = { ciphers: 'PSK-AES128-GCM-SHA256', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** By this name it is asked; what leads here is in the options. */
const ORIGIN = 'https://push.example.org';

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer | string, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** RFC 8188: salt, record size, length of the key's id, key, then one record of AES-128-GCM whose padding begins with 2. */
function decrypt(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const recordBytes = body.readUInt32BE(16);
  const idBytes = body.readUInt8(20);
  const theirs = body.subarray(21, 21 + idBytes);
  const record = body.subarray(21 + idBytes);
  if (record.length > recordBytes) throw new Error('one record holds a message');
  const shared = own.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), theirs]);
  const secret = hkdf(shared, auth, info, 32);
  const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = hkdf(secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('padding is 2 and zeros');
  return padded.subarray(0, end).toString('utf8');
}

function subscribe(): Subscribed {
  const own = createECDH('prime256v1');
  own.generateKeys();
  const auth = randomBytes(16);
  return {
    endpoint: `${ORIGIN}/push/${randomBytes(8).toString('hex')}`,
    p256dh: own.getPublicKey().toString('base64url'),
    auth: auth.toString('base64url'),
    read: (body) => decrypt(body, own, auth),
  };
}

/** The claims of a VAPID header (RFC 8292), of which the signature fits the key that it names. */
export function readVapid(authorization: string): { key: string; claims: { aud: string; exp: number; sub: string } } {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if ((read(head) as { alg: string }).alg !== 'ES256') throw new Error('ES256 alone');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')))
    throw new Error('the signature does not fit');
  return { key, claims: read(claims) as { aud: string; exp: number; sub: string } };
}

/** A push service on this machine, as RFC 8030 describes one. */
export async function startPushReceiver(mannerOf: (path: string) => PushManner = () => 201): Promise<PushReceiver> {
  const received: Pushed[] = [];
  const server = createServer({ ...TLS, pskCallback: () => PSK.psk }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
      const manner = mannerOf(path);
      if (manner === 'cut') request.socket.destroy();
      else if (manner !== 'hang') response.writeHead(manner, { location: `${ORIGIN}/elsewhere` }).end();
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    options: {
      ...TLS,
      port,
      pskCallback: () => PSK,
      checkServerIdentity: () => undefined,
      lookup: (_name, { all }, callback) =>
        all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    } as RequestOptions,
    subscribe,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
