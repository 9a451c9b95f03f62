import 'server-only';
import { z } from 'zod';

const optional = (schema: z.ZodString | z.ZodURL) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const url = (protocol: RegExp, example: string) => z.url({ protocol, error: `must be an address such as ${example}` });

/** An address of ours with or without a name, on one line. */
const MAILBOX = /^(?:([^<>"\r\n]{1,100}) <([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

/** User and password are written as parts of an address are: signs such as % and @ as %25 and %40. */
function isAddressWithLogin(address: string): boolean {
  try {
    const { username, password } = new URL(address);
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}

const isOneOfTwo = (one: unknown, other: unknown) => Boolean(one) !== Boolean(other);

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    REGRASP_URL: url(/^https?$/, 'https://regrasp.example.org').default('http://127.0.0.1:3000'),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(9).default(0),
    REGRASP_SECRET: z.string().min(32, 'must have at least 32 characters'),
    DATABASE_URL: z
      .string()
      .regex(/^(file:|\/|\.|postgres(ql)?:\/\/)/, 'must be file:… or postgres://…')
      .default('file:.data/regrasp.sqlite'),
    MEDIA_DIR: z.string().min(1).default('.data/media'),
    LIVEKIT_URL: optional(z.string().regex(/^wss?:\/\//, 'must be an address such as wss://livekit.example.org')),
    LIVEKIT_API_URL: optional(z.string().regex(/^https?:\/\//, 'must be an address such as http://127.0.0.1:7880')),
    LIVEKIT_API_KEY: optional(z.string().min(1)),
    LIVEKIT_API_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
    FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
    FFPROBE_PATH: z.string().min(1).default('ffprobe'),
    PG_DUMP_PATH: z.string().min(1).default('pg_dump'),
    PG_RESTORE_PATH: z.string().min(1).default('pg_restore'),
    REGRASP_BACKUP_TO: optional(z.string()),
    REGRASP_BACKUP_MAX_AGE_HOURS: z.coerce.number().int().min(1).max(8760).default(48),
    SMTP_URL: optional(
      z.string().regex(/^smtps?:\/\/\S+$/, 'must be smtp://… or smtps://…, with user and password in it'),
    ),
    MAIL_FROM: optional(z.string().regex(MAILBOX, 'must be an address such as Regrasp <regrasp@example.org>')),
    MAIL_DIR: optional(z.string().min(1)),
    SMS_WEBHOOK_URL: optional(url(/^https?$/, 'https://sms.example.org/send')),
    SMS_WEBHOOK_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
    REGRASP_DEMO: z.enum(['0', '1']).default('0'),
    REGRASP_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((env, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const smtp = env.SMTP_URL;
    if (smtp && !isAddressWithLogin(smtp))
      wrong('SMTP_URL', 'must be an address such as smtps://user:password@mail.example.org, with %25 for a % in them');
    if (smtp && !env.MAIL_FROM) wrong('MAIL_FROM', 'says whom e-mails come from: set it together with SMTP_URL');
    if (isOneOfTwo(env.SMS_WEBHOOK_URL, env.SMS_WEBHOOK_SECRET))
      wrong('SMS_WEBHOOK_URL', 'set SMS_WEBHOOK_URL and SMS_WEBHOOK_SECRET together, or none');
    const sms = env.SMS_WEBHOOK_URL && new URL(env.SMS_WEBHOOK_URL);
    if (sms && sms.protocol !== 'https:' && !isLoopback(sms.hostname))
      wrong('SMS_WEBHOOK_URL', 'must be https, except on this machine');
    const given = [env.LIVEKIT_URL, env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET].filter(Boolean).length;
    if (given === 1 || given === 2) {
      ctx.addIssue({
        code: 'custom',
        path: ['LIVEKIT_URL'],
        message: 'set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET together, or none',
      });
    }
  });

export type Env = z.infer<typeof schema>;

/** The media server's addresses and keys, or null where visits cannot be held. */
export type LiveKitEnv = { url: string; apiUrl: string; key: string; secret: string };

export function liveKitEnv(env: Env): LiveKitEnv | null {
  const { LIVEKIT_URL: address, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = env;
  if (!address || !key || !secret) return null;
  return { url: address, apiUrl: env.LIVEKIT_API_URL ?? address.replace(/^ws/, 'http'), key, secret };
}

/** This machine itself, by name or number. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);

type Sender = { name: string; address: string };

/** Where e-mails go: to a server, or to a folder while developing; null where none leave. */
export type MailEnv =
  | { kind: 'smtp'; host: string; port: number; secure: boolean; user: string; password: string; from: Sender }
  | { kind: 'folder'; folder: string; from: Sender };

export function mailEnv({ SMTP_URL, MAIL_FROM, MAIL_DIR }: Env): MailEnv | null {
  const [, name = '', named, bare] = MAILBOX.exec(MAIL_FROM ?? '') ?? [];
  const from = { name, address: named ?? bare ?? 'regrasp@localhost' };
  if (SMTP_URL) {
    const { protocol, hostname, port, username, password } = new URL(SMTP_URL);
    const secure = protocol === 'smtps:';
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    const host = hostname.replace(/^\[|\]$/g, '');
    return { kind: 'smtp', host, port: Number(port) || (secure ? 465 : 587), secure, ...login, from };
  }
  return MAIL_DIR ? { kind: 'folder', folder: MAIL_DIR, from } : null;
}

/** Thrown with one line per wrong variable: names and rules, never values. */
export class EnvError extends Error {}

/** Parsed once, at start; `next build` needs no secrets. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'environment'}: ${issue.message}`);
  throw new EnvError(`Regrasp cannot start, the environment is not right:\n${lines.join('\n')}\nSee .env.example.`);
}
