import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('./equal-trial.js', import.meta.url));
const execute = promisify(execFile);

/** The throughputs of two equal processes, one right after the other. */
export interface EqualPair {
  readonly a: number;
  readonly b: number;
}

/**
 * Measures pairs of equal fresh processes for about `ms`, with warm-up and window of a default run: what they differ by is the machine's
 * doing. First and second change places from pair to pair. Ends early, with the pairs so far, when `signal` aborts; the process
 * under way is killed then.
 */
export async function measureEqualPairs(
  ms: number,
  signal: AbortSignal,
  onPair: (elapsedMs: number) => void,
): Promise<EqualPair[]> {
  const begin = performance.now();
  const pairs: EqualPair[] = [];
  try {
    while (performance.now() - begin < ms) {
      const [first, second] = [await throughput(signal), await throughput(signal)];
      pairs.push(pairs.length % 2 === 0 ? { a: first, b: second } : { a: second, b: first });
      onPair(performance.now() - begin);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return pairs;
}

async function throughput(signal: AbortSignal): Promise<number> {
  const { stdout } = await execute(process.execPath, [program], { signal, killSignal: 'SIGKILL' });
  return (JSON.parse(stdout) as { callsPerSecond: number }).callsPerSecond;
}
