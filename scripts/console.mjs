// What a person sees of a long step: a line when it starts, dots while it runs, the time when it ends.

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** How long each step took, in their order. */
const ledger = [];

/** Runs one step with its name and its time on the terminal. `work` may return a short note to print. */
export async function step(name, work) {
  process.stdout.write(`  ${name} `);
  const dots = setInterval(() => process.stdout.write('.'), 5000);
  try {
    return await timed(name, work, (said, ms) => {
      process.stdout.write(said === 'failed' ? `failed after ${seconds(ms)}\n` : `${said}, ${seconds(ms)}\n`);
    });
  } finally {
    clearInterval(dots);
  }
}

/**
 * Runs lanes of steps side by side, each lane's steps one after the other, and prints a line when a step ends. When one
 * fails the others go on to their end, so that nothing is left running; then the first failure is thrown.
 * @param {[name: string, work: () => unknown][][]} lanes
 */
export async function sideBySide(lanes) {
  const runLane = async (lane) => {
    for (const [name, work] of lane) await timed(name, work, (said, ms) => line(`${name} ${said}, ${seconds(ms)}`));
  };
  const ended = await Promise.allSettled(lanes.map(runLane));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

const line = (text) => process.stdout.write(`  ${text}\n`);

/** Runs one step for the ledger and tells how it ended. */
async function timed(name, work, tell) {
  const startedAt = performance.now();
  const entry = { name, ms: 0 };
  ledger.push(entry);
  try {
    const note = await work();
    entry.ms = performance.now() - startedAt;
    tell(typeof note === 'string' && note !== '' ? note : 'done', entry.ms);
    return note;
  } catch (error) {
    entry.ms = performance.now() - startedAt;
    tell('failed', entry.ms);
    throw error;
  }
}

/** Where the time went: seconds per step, and from the first to the last. Steps side by side overlap. */
export function printLedger() {
  const width = Math.max(...ledger.map(({ name }) => name.length), 'From start to end'.length);
  const row = (name, ms) => line(`${name.padEnd(width)} ${(ms / 1000).toFixed(1).padStart(7)} s`);
  process.stdout.write('\nSeconds per phase\n');
  for (const { name, ms } of ledger) row(name, ms);
  row('From start to end', performance.now());
}

/** A failure whose message is for the person at the terminal; no stack is printed. */
export class Stop extends Error {}

/** Ends the program with the message of a `Stop`, or with the whole error. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
