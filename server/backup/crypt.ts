import 'server-only';
import { readFile } from 'node:fs/promises';
import { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { StoreRefusal } from '#db/refusal';
import { RECIPIENT } from './manifest';
import { asItIs, type Step } from './steps';

const IDENTITY = /^AGE-SECRET-KEY-/;

/** Public keys as a person gave them, each checked by its own checksum. Throws `StoreRefusal` that names the wrong one. */
export function parseRecipients(words: readonly string[]): string[] {
  const recipients = words.flatMap((word) => word.split(/[\s,]+/)).filter(Boolean);
  for (const recipient of recipients) {
    if (IDENTITY.test(recipient))
      throw new StoreRefusal('That is a secret key. Give its public key, which begins with age1.');
    if (!RECIPIENT.test(recipient) || !isRecipient(recipient))
      throw new StoreRefusal(
        `${recipient} is not a public key of age: a character is wrong or missing. Nothing was written.`,
      );
  }
  return [...new Set(recipients)].sort();
}

function isRecipient(word: string): boolean {
  try {
    new Encrypter().addRecipient(word);
    return true;
  } catch {
    return false;
  }
}

/** To these public keys, in the age format: any `age` program opens it. As it is, where there are none. */
export function encryptTo(recipients: readonly string[]): Step {
  if (recipients.length === 0) return asItIs;
  return async function* encrypt(source) {
    const encrypter = new Encrypter();
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    yield* through(source, (stream) => encrypter.encrypt(stream));
  };
}

/** With secret keys; as it is, where there are none. Fails on the first piece that is not what was encrypted. */
export function decryptWith(identities: readonly string[]): Step {
  if (identities.length === 0) return asItIs;
  return async function* decrypt(source) {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    try {
      yield* through(source, (stream) => decrypter.decrypt(stream));
    } catch (error) {
      // What the system says, such as of a disk, has a code; what is said of the content has none.
      if (!(error instanceof Error) || 'code' in error) throw error;
      throw new StoreRefusal(`The backup cannot be decrypted with this key: ${error.message}.`, { cause: error });
    }
  };
}

type WebStream = globalThis.ReadableStream<Uint8Array>;

/** Whatever happens to what comes out, what goes in is closed. */
async function* through(source: AsyncIterable<Uint8Array>, change: (stream: WebStream) => Promise<WebStream>) {
  const pieces = source[Symbol.asyncIterator]();
  // The same class; the browser's types and Node's differ.
  const stream = ReadableStream.from({ [Symbol.asyncIterator]: () => pieces }) as unknown as WebStream;
  try {
    yield* await change(stream);
  } finally {
    await pieces.return?.();
  }
}

/** The secret keys of a file as `age-keygen` or `backup-key` writes it: comments, and a key a line. */
export async function readIdentities(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StoreRefusal(`${file} cannot be read.`);
  });
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0 || !identities.every(isIdentity))
    throw new StoreRefusal(`${file} holds no secret key of age (AGE-SECRET-KEY-…), or one that is damaged.`);
  return identities;
}

function isIdentity(word: string): boolean {
  try {
    new Decrypter().addIdentity(word);
    return IDENTITY.test(word);
  } catch {
    return false;
  }
}
