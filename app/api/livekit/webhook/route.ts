import { type WebhookEvent, WebhookReceiver } from 'livekit-server-sdk';
import { takeWebhookHint } from '#server/livekit/reconcile';
import { type LiveKitEnv, liveKitEnv } from '#server/runtime/env';
import { getProcess } from '#server/runtime/process';
import { readBody, tooLarge } from '#server/runtime/request-body';

const BODY_MAX = 64 * 1024;

/** Media-server events. Signature and SHA-256 of the raw body are checked; a forged one is 401 and leaves no trace. */
export async function POST(request: Request): Promise<Response> {
  const app = getProcess();
  const env = liveKitEnv(app.env);
  if (!env) return new Response(null, { status: 404 });
  const body = await readBody(request, BODY_MAX);
  if (!body) return tooLarge();
  const event = await receive(env, body.toString('utf8'), request.headers.get('authorization') ?? '');
  if (!event) {
    app.log.warn('webhook refused');
    return new Response(null, { status: 401 });
  }
  if (event.room && event.id) {
    const atMs = Number(event.createdAt) * 1000 || Date.now();
    await takeWebhookHint(app, {
      id: event.id,
      event: event.event,
      roomName: event.room.name,
      identity: event.participant?.identity ?? null,
      atMs,
    });
  }
  return new Response(null, { status: 204 });
}

async function receive(env: LiveKitEnv, body: string, authorization: string): Promise<WebhookEvent | null> {
  try {
    return await new WebhookReceiver(env.key, env.secret).receive(body, authorization);
  } catch {
    return null;
  }
}
