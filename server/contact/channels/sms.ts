import 'server-only';
import { createHmac } from 'node:crypto';
import type { Outcome } from '#domain/contact/message';
import { SECOND_MS } from '#domain/time/duration';
import { wordsOf } from '../words';
import type { Channel } from './channel';

type Webhook = { url: string; secret: string };

const ANSWER_MS = 10 * SECOND_MS;
/** Nothing was taken: no connection was made. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_|SELF_)/;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that an old body cannot be sent again by others. */
function signatureOf(secret: string, body: string, atMs: number): string {
  const seconds = Math.floor(atMs / SECOND_MS);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

async function ask({ url, secret }: Webhook, said: { id: string; to: string; text: string }): Promise<Outcome> {
  const body = JSON.stringify(said);
  const headers = { 'content-type': 'application/json', 'x-regrasp-signature': signatureOf(secret, body, Date.now()) };
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const { status, body: answer } = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' });
    await answer?.cancel();
    if (status >= 200 && status < 300) return { kind: 'sent' };
    if (status === 410) return { kind: 'dead', code: 'http_410' };
    return { kind: 'refused', code: `http_${status}`, isServerDown: status >= 500 || status === 429 };
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
    if (NOT_CONNECTED.test(code)) return { kind: 'refused', code: code.toLowerCase(), isServerDown: true };
    return { kind: 'unsure', code: 'no_answer' };
  }
}

/** Texts by a program of the operator's own (docs/delivery.md): it is told whom to send what, and sends it as it likes. */
export function createSms(webhook: Webhook): Channel {
  return {
    name: 'sms',
    addressesOf({ choices }) {
      const phone = choices?.smsPhone ?? null;
      return phone === null ? [] : [phone];
    },
    async send({ to, locale, audience, isUrgent, messageToken }, handOver) {
      const { lead } = await wordsOf(locale, { audience, isUrgent });
      try {
        await handOver();
      } catch {
        return { kind: 'refused', code: 'claim_lost', isServerDown: false };
      }
      return await ask(webhook, { id: messageToken, to, text: lead });
    },
    // Asking would send a text.
    check: async () => null,
    close: () => undefined,
  };
}
