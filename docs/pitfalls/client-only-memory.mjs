/** A pattern that computes in another process needs that process's memory, too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { show } from './show.mjs';

/** Peak resident memory of a process in MiB (Linux). */
const peakMiB = (pid) =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const server = spawn(
  process.execPath,
  [
    '-e',
    'const held = Buffer.alloc(150 << 20, 1); process.stdout.write("ready"); process.stdin.resume().on("end", () => process.exit(held.length === 0 ? 1 : 0));',
  ],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
await once(server.stdout, 'data');
const [client, both] = [peakMiB(process.pid), peakMiB(process.pid) + peakMiB(server.pid)];
show({
  question: 'How much memory does a service need that keeps 150 MiB in a server of its own?',
  wrong: `${client.toFixed(0)} MiB, in the process that calls`,
  right: `${both.toFixed(0)} MiB, in all processes that the pattern owns`,
  why: 'Crossover adds up the host and every process that the implementation says it owns.',
});
server.stdin.end();
await once(server, 'exit');
