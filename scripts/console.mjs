// What a person sees of a long step: a line when it starts, dots while it runs, the time when it ends.

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** How long each step took, in their order. */
const ledger = [];

/** Runs one step with its name and its time on the terminal. `work` may return a short note to print. */
export async function step(name, work) {
  process.stdout.write(`  ${name} `);
  const startedAt = performance.now();
  const entry = { name, ms: 0 };
  ledger.push(entry);
  const dots = setInterval(() => process.stdout.write('.'), 5000);
  try {
    const note = await work();
    process.stdout.write(
      `${typeof note === 'string' && note !== '' ? note : 'done'}, ${seconds(performance.now() - startedAt)}\n`,
    );
    return note;
  } catch (error) {
    process.stdout.write(`failed after ${seconds(performance.now() - startedAt)}\n`);
    throw error;
  } finally {
    entry.ms = performance.now() - startedAt;
    clearInterval(dots);
  }
}

/** Where the time went: seconds per step, and all of them. */
export function printLedger() {
  const width = Math.max(...ledger.map(({ name }) => name.length), 'Total'.length);
  const line = (name, ms) => process.stdout.write(`  ${name.padEnd(width)} ${(ms / 1000).toFixed(1).padStart(7)} s\n`);
  process.stdout.write('\nSeconds per phase\n');
  for (const { name, ms } of ledger) line(name, ms);
  line(
    'Total',
    ledger.reduce((sum, { ms }) => sum + ms, 0),
  );
}

/** A failure whose message is for the person at the terminal; no stack is printed. */
export class Stop extends Error {}

/** Ends the program with the message of a `Stop`, or with the whole error. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
