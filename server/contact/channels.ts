import 'server-only';
import type { RequestOptions } from 'node:https';
import type { ChannelName } from '#db/queries/contact/deliveries';
import type { Contact } from '#db/queries/contact/person';
import { type Env, mailEnv } from '#server/runtime/env';
import type { Channel } from './channels/channel';
import { createEmail, type EmailChannel } from './channels/email';
import { createPush, type PushKeys } from './channels/push';
import { createSms } from './channels/sms';
import { addressHash } from './links';

export type Channels = {
  readonly all: readonly Channel[];
  /** Has whoever runs the server set up a way that reaches people wherever they are? Devices are turned on one by one. */
  readonly isSetUp: boolean;
  /** Writes an e-mail that is no news; null where none leave. */
  readonly write: EmailChannel['write'] | null;
  /** By which this store signs notifications; browsers ask for the public part. */
  pushKeys(): Promise<PushKeys>;
  /** Where an account is reached by one of them. */
  waysOf(name: ChannelName, contact: Contact): { address: string; addressHash: string }[];
  close(): void;
};

/** Apple refuses a subject that is no address of the public net. */
function subjectOf(env: Env): string {
  if (env.REGRASP_URL.startsWith('https://')) return env.REGRASP_URL;
  return `mailto:${mailEnv(env)?.from.address ?? 'regrasp@localhost'}`;
}

/** The ways by which news leaves this app. `pushKeys`: of the store; `reach`: how tests get to a push service of theirs. */
export function createChannels(
  env: Env,
  { pushKeys, reach }: { pushKeys(): Promise<PushKeys>; reach?: RequestOptions },
): Channels {
  const mail = mailEnv(env);
  const { SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret } = env;
  const email = mail ? createEmail(mail, env) : null;
  const setUp = [...(email ? [email] : []), ...(url && secret ? [createSms({ url, secret })] : [])];
  const all = [...setUp, createPush({ keys: pushKeys, subject: subjectOf(env), ...(reach ? { reach } : {}) })];
  return {
    all,
    isSetUp: setUp.length > 0,
    write: email?.write ?? null,
    pushKeys,
    waysOf(name, contact) {
      const addresses = all.find((channel) => channel.name === name)?.addressesOf(contact) ?? [];
      return addresses.map((address) => ({ address, addressHash: addressHash(env.REGRASP_SECRET, name, address) }));
    },
    close() {
      for (const channel of all) channel.close();
    },
  };
}
