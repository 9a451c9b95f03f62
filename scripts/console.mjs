// What a person sees of a long step: a line when it starts, dots while it runs, the time when it ends.

const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** Runs one step with its name and its time on the terminal. `work` may return a short note to print. */
export async function step(name, work) {
  process.stdout.write(`  ${name} `);
  const startedAt = performance.now();
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
    clearInterval(dots);
  }
}

/** A failure whose message is for the person at the terminal; no stack is printed. */
export class Stop extends Error {}

/** Ends the program with the message of a `Stop`, or with the whole error. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
