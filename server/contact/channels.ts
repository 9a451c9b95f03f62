import 'server-only';
import type { ChannelName } from '#db/queries/contact/deliveries';
import type { Contact } from '#db/queries/contact/person';
import { type Env, mailEnv } from '#server/runtime/env';
import type { Channel } from './channels/channel';
import { createEmail } from './channels/email';
import { createSms } from './channels/sms';
import { addressHash } from './links';

export type Channels = {
  readonly all: readonly Channel[];
  /** How an account is reached by one of them. */
  addressOf(name: ChannelName, contact: Contact): { address: string; addressHash: string } | null;
  close(): void;
};

/** The ways that whoever runs the server has set up. */
export function createChannels(env: Env): Channels {
  const mail = mailEnv(env);
  const { SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret } = env;
  const all = [...(mail ? [createEmail(mail, env)] : []), ...(url && secret ? [createSms({ url, secret })] : [])];
  return {
    all,
    addressOf(name, contact) {
      const address = all.find((channel) => channel.name === name)?.addressOf(contact) ?? null;
      return address === null ? null : { address, addressHash: addressHash(env.REGRASP_SECRET, name, address) };
    },
    close() {
      for (const channel of all) channel.close();
    },
  };
}
