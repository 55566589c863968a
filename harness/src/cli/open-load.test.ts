import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Cell, Measured } from '../results/schema.js';
import { TestProject } from '../testing/project.js';
import { stallMs } from '../testing/scripted-implementation.js';

const projects: TestProject[] = [];

/** Measures one variant under one load by the real command. */
async function measure(
  variant: string,
  load: string,
): Promise<{ cell: Cell; trials: Measured[]; stdout: string }> {
  const project = new TestProject([variant]);
  projects.push(project);
  const { code, stdout, stderr } = await project.run('bench', '--quick', '--load', load, '--out', 'out');
  assert.equal(code, 0, stderr);
  const cell = readRun(project.at('out')).cells.find(({ impl }) => impl === 'scripted');
  const trials = readTrials(project.at('out')).flatMap(({ outcome, twin }) =>
    outcome.status === 'ok' && !twin ? [outcome] : [],
  );
  return { cell: cell as Cell, trials, stdout: stdout.replace(/\s+/g, ' ') };
}

after(() => {
  for (const project of projects) project.remove();
});

const codes = ({ warnings }: Cell): string[] => warnings.map(({ code }) => code);

describe('bench under an open load', () => {
  it('shows a stall in the latency from the intended start, and beside it what one from the actual start hides', async () => {
    const { cell, trials, stdout } = await measure('stalling', 'open:1000');
    const { latencyMs, open, cpuMsPerOp } = cell.metrics ?? assert.fail(cell.reason);
    // A fifth of the time is stalls, in which calls become due evenly: a twentieth of these, a hundredth of all, waits 95% of it or more.
    assert.ok((latencyMs.p99.value ?? 0) >= 0.9 * stallMs, `p99 ${latencyMs.p99.value} ms`);
    for (const trial of trials) {
      const own = trial.open ?? assert.fail('no open load');
      assert.equal(own.arrivals, trial.latenciesNs.length + own.unanswered);
      const stalls = own.startedLatenciesNs.filter((ns) => ns >= stallMs * 1e6).length;
      const delayed = trial.latenciesNs.filter((ns) => ns >= (stallMs * 1e6) / 2).length;
      assert.ok(stalls > 0 && delayed > 4 * stalls, `${delayed} calls were delayed by ${stalls} stalls`);
      assert.ok(trial.latenciesNs.every((ns, i) => ns >= (own.startedLatenciesNs[i] ?? 0) - 1));
    }
    assert.ok((open?.startedLatencyMs.p50.value ?? 0) <= (latencyMs.p50.value ?? 0));
    assert.ok(cpuMsPerOp.value === null && /spins/.test(cpuMsPerOp.reason));
    assert.match(stdout, /open:1000 # implementation per second peak MiB p99 ms p50 ms uncorr\. p99/);
  });

  it('ends above capacity, and names it: overloaded, with what was not answered', async () => {
    const { cell, stdout } = await measure('two-ms', 'open:2000');
    assert.ok(codes(cell).includes('overloaded'), codes(cell).join());
    assert.ok((cell.metrics?.open?.unanswered ?? 0) > 0);
    assert.match(
      stdout,
      /overloaded: of [\d,]+ calls [\d,]+ were not answered within the window, [\d,]+ never/,
    );
  });

  it('names what is overloaded though all calls are answered in the end', async () => {
    // 500 a second are possible at most, so that latency grows by 60% of the time that passes at least.
    const { cell } = await measure('two-ms', 'open:800');
    assert.ok(codes(cell).includes('overloaded'), codes(cell).join());
    const { latencyGrowth, unanswered } = cell.metrics?.open ?? assert.fail('no open load');
    assert.ok(unanswered > 0 || (latencyGrowth.value ?? 0) > 0.5, `${latencyGrowth.value}`);
  });
});
