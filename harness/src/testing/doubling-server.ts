import { type ChildProcess, spawn } from 'node:child_process';
import { ImplementationError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';

/** Milliseconds that a slow call takes, here or in the server: long enough for a test to do something to it meanwhile. */
export const slowCallMs = 50;

/** Doubles what it reads and, like every server of ours, ends when its standard input does. */
const program = `
process.stdin.on('data', (data) => setTimeout(() => process.stdout.write(data.map((byte) => 2 * byte)), ${slowCallMs}));
process.stdin.on('end', () => process.exit());
`;

/** For tests of the harness: a server that does the work of one call at a time. */
export class DoublingServer {
  readonly process: ChildProcess = spawn(process.execPath, ['-e', program], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });

  /** @throws {ImplementationError} when the server ends before it has answered. */
  async double(input: Uint8Array): Promise<Invocation> {
    const { stdin, stdout } = this.process;
    const begin = performance.now();
    const output = await new Promise<Uint8Array>((resolve, reject) => {
      const died = (code: number | null, signal: string | null): void =>
        reject(
          new ImplementationError(
            `the server was killed by ${signal ?? code} during a call`,
            'open it again',
          ),
        );
      this.process.once('exit', died);
      stdout?.once('data', (data: Buffer) => {
        this.process.off('exit', died);
        resolve(data);
      });
      stdin?.write(input);
    });
    return { output, computeNs: (performance.now() - begin) * 1e6 };
  }
}
