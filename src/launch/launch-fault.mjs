/** The program cannot start as it stands here; the message is one sentence that holds the fix. */
export class LaunchFault extends Error {}

/**
 * Runs the first step of a program; a fault that a person can cure becomes one sentence on standard error and exit code 2.
 *
 * @param {() => Promise<void>} step
 */
export async function launching(step) {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof LaunchFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
