import { Dialogue, type Ending } from './dialogue.js';

/**
 * Runs the Node program `file` in a new process, sends it `request`, and waits for its one reply and until it is gone. Never throws: a
 * process that crashes, hangs or is killed is `died`. On `signal` the process is killed.
 */
export async function askFreshProcess<Reply>(
  file: string,
  environment: Readonly<Record<string, string>>,
  request: object,
  signal: AbortSignal,
): Promise<Ending<Reply>> {
  const dialogue = new Dialogue<object, Reply>(file, { environment }, signal);
  const ending = await dialogue.ask(request);
  await dialogue.ended();
  return ending;
}
