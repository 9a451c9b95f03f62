import 'server-only';
import { z } from 'zod';

const optional = (schema: z.ZodString) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const url = (protocol: RegExp, example: string) => z.url({ protocol, error: `must be an address such as ${example}` });

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
    REGRASP_DEMO: z.enum(['0', '1']).default('0'),
    REGRASP_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((env, ctx) => {
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

/** Thrown with one line per wrong variable: names and rules, never values. */
export class EnvError extends Error {}

/** Parsed once, at start; `next build` needs no secrets. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'environment'}: ${issue.message}`);
  throw new EnvError(`Regrasp cannot start, the environment is not right:\n${lines.join('\n')}\nSee .env.example.`);
}
