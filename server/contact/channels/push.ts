import 'server-only';
import { createHash } from 'node:crypto';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import webPush from 'web-push';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import type { Outcome, Outgoing } from '#domain/contact/message';
import { isPushEndpoint, pushAddressOf, pushTtlSeconds, pushUrgency, readPushAddress } from '#domain/contact/push';
import { SECOND_MS } from '#domain/time/duration';
import { pageFor, wordsOf } from '../words';
import type { Channel } from './channel';
import { lookupPublic, NotPublic } from './public-address';

/** The key pair that a store signs with (RFC 8292), base64url. */
export type PushKeys = { publicKey: string; privateKey: string };

type Ours = {
  keys(): Promise<PushKeys>;
  /** Whom a push service may ask about what we send: `mailto:` or `https:`. */
  subject: string;
  /** How push services are connected to; tests lead to one on this machine. */
  reach?: RequestOptions;
};

/** By names that lead to the public net alone. */
const PUBLIC: RequestOptions = { lookup: lookupPublic };

const CONNECT_MS = 10 * SECOND_MS;
const ANSWER_MS = 20 * SECOND_MS;
/** All messages are as long as each other: the length would tell who gets which. */
const PADDED_BYTES = 512;

/** What names a message to the service and to the device: what comes later takes the place of what was not shown yet. */
function topicOf({ isUrgent, messageToken, groups, userId }: Outgoing): string {
  // Urgent news takes no other's place: only its own repetition does.
  const what = isUrgent ? messageToken : `${userId}:${groups.every((group) => group === 'reminders')}`;
  return createHash('sha256').update(`regrasp:topic:${what}`).digest('base64url').slice(0, 32);
}

/** What the worker of the pages shows (`public/sw.js`). */
async function payloadOf(outgoing: Outgoing): Promise<string> {
  const { subject } = await wordsOf(outgoing.locale, outgoing);
  const said = JSON.stringify({ v: 1, title: subject, path: pageFor(outgoing), tag: topicOf(outgoing) });
  // White space ends no JSON.
  return said + ' '.repeat(Math.max(0, PADDED_BYTES - Buffer.byteLength(said)));
}

type Asked = { endpoint: string; headers: Record<string, string>; body: Buffer; options: RequestOptions };
type Answer = { status: number } | { error: Error; isConnected: boolean };

/** Redirects are followed by nobody here: `https.request` does not. */
function post({ endpoint, headers, body, options }: Asked): Promise<Answer> {
  return new Promise((resolve) => {
    let isConnected = false;
    const asked = httpsRequest(endpoint, { ...options, method: 'POST', headers, agent: false });
    const cut = setTimeout(() => asked.destroy(new Error('too_slow')), ANSWER_MS);
    const end = (answer: Answer) => {
      clearTimeout(cut);
      asked.destroy();
      resolve(answer);
    };
    asked.on('socket', (socket) => {
      const slow = setTimeout(() => asked.destroy(new Error('etimedout')), CONNECT_MS);
      (socket as TLSSocket).once('secureConnect', () => {
        clearTimeout(slow);
        isConnected = true;
      });
      socket.once('close', () => clearTimeout(slow));
    });
    asked.on('response', ({ statusCode = 0 }) => end({ status: statusCode }));
    asked.on('error', (error) => end({ error, isConnected }));
    asked.end(body);
  });
}

const NO_NET = /^(EAI_AGAIN|ENETUNREACH|ENETDOWN|ENOTFOUND)$/;

function outcomeOf(answer: Answer): Outcome {
  if ('status' in answer) {
    const { status } = answer;
    if (status >= 200 && status < 300) return { kind: 'sent' };
    if (status === 404 || status === 410) return { kind: 'dead', code: `http_${status}` };
    // One maker's service that is busy says nothing of the others.
    return { kind: 'refused', code: `http_${status}`, isServerDown: false };
  }
  const { error, isConnected } = answer;
  if (error instanceof NotPublic) return { kind: 'dead', code: 'not_public' };
  if (isConnected) return { kind: 'unsure', code: 'no_answer' };
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  return { kind: 'refused', code: code.toLowerCase().slice(0, 40), isServerDown: NO_NET.test(code) };
}

/** Encrypts for one device (RFC 8291, aes128gcm) and signs for its service (RFC 8292); what went wrong is in a code. */
async function prepare(outgoing: Outgoing, { keys, subject, reach = PUBLIC }: Ours): Promise<Asked | string> {
  const to = readPushAddress(outgoing.to);
  if (!to || !isPushEndpoint(to.endpoint)) return 'not_public';
  const { endpoint, p256dh, auth } = to;
  const payload = await payloadOf(outgoing);
  const vapidDetails = { subject, ...(await keys()) };
  try {
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails,
      TTL: pushTtlSeconds(outgoing),
      urgency: pushUrgency(outgoing),
      topic: topicOf(outgoing),
      contentEncoding: 'aes128gcm',
    });
    return { endpoint, headers: headers as Record<string, string>, body: body as Buffer, options: reach };
  } catch {
    // Only what the browser handed out can be at fault: a key that is no point of the curve.
    return 'wrong_keys';
  }
}

/** Notifications by the push service of each browser's maker, which learns where and when, and nothing of what is said. */
export function createPush(ours: Ours): Channel {
  return {
    name: 'push',
    addressesOf({ pushDevices, clinicSettings }) {
      if (pushDevices.length === 0) return [];
      const { data } = clinicSettingsSchema.safeParse(clinicSettings);
      return data?.push.isAgreed ? pushDevices.map(pushAddressOf) : [];
    },
    async send(outgoing, handOver) {
      const asked = await prepare(outgoing, ours);
      if (typeof asked === 'string') return { kind: 'dead', code: asked };
      try {
        await handOver();
      } catch {
        return { kind: 'refused', code: 'claim_lost', isServerDown: false };
      }
      return outcomeOf(await post(asked));
    },
    // There is nobody to ask: each browser's maker has a service of its own.
    check: async () => null,
    close: () => undefined,
  };
}
