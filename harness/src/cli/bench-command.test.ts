import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { readRun, readTrials } from '../results/run-directory.js';
import { armName } from '../stats/summarise-run.js';
import { TestProject } from '../testing/project.js';
import { leakedBytes } from '../testing/scripted-implementation.js';

const projects: TestProject[] = [];

function project(variants: readonly string[], inputs?: readonly string[]): TestProject {
  const made = new TestProject(variants, inputs);
  projects.push(made);
  return made;
}

after(() => {
  for (const made of projects) made.remove();
});

describe('bench', () => {
  it('measures every cell in every block, checks outputs, writes run, report and decision', async () => {
    const made = project(['steady', 'asynchronous', 'with-server'], ['small', 'small-resident']);
    const { code, stdout, stderr } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 0, stderr);
    const run = readRun(made.at('out'));
    assert.equal(run.status, 'complete');
    assert.equal(run.protocol.blocksFinished, 3);
    assert.deepEqual(
      run.cells.map(({ input, variant, status, trials }) => [input, variant, status, trials]),
      ['small', 'small-resident'].flatMap((input) => [
        [input, 'steady', 'ok', 3],
        [input, 'asynchronous', 'ok', 3],
        [input, 'with-server', 'ok', 3],
        [input, 'only', 'unavailable', 0],
      ]),
    );
    assert.match(run.cells[3]?.reason ?? '', /cobol is not on the PATH – install it/);
    const server = run.cells[2]?.metrics?.peakRssMiB.server.value ?? 0;
    assert.ok(server > 10, `the server's memory counts: ${server} MiB`);
    assert.match(stdout, /steady/);
    for (const file of ['report.html', 'decision.md', 'decision.json'])
      assert.ok(existsSync(made.at('out', file)), file);
    assert.deepEqual(made.processes(), []);
  });

  it('limits the core to levels of vector instructions, and fails a cell whose level is not in force', async () => {
    const made = project(['steady']);
    const { code, stderr } = await made.run('bench', '--quick', '--isa', 'scalar,neon', '--out', 'out');
    assert.equal(code, 2, stderr);
    const cells = readRun(made.at('out')).cells.filter(({ impl }) => impl === 'scripted');
    assert.deepEqual(
      cells.map(({ variant, status, isa }) => [variant, status, isa]),
      [
        ['steady@scalar', 'ok', 'scalar'],
        ['steady@neon', 'failed', null],
      ],
    );
    assert.match(cells[1]?.reason ?? '', /the level neon is not available: the core uses scalar/);
  });

  it('tells a leak by its size and by name, and what the processes hold', async () => {
    const made = project(['steady', 'leaking', 'with-server']);
    const { code, stderr } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 0, stderr);
    const { cells } = readRun(made.at('out'));
    const of = (name: string) => cells.find(({ variant }) => variant === name);
    const metrics = (name: string) => of(name)?.metrics;
    const codes = (name: string) => of(name)?.warnings.map((warning) => warning.code);

    const share = (metrics('leaking')?.processes.leakBytesPerOp.value ?? 0) / leakedBytes;
    assert.ok(share > 0.9 && share < 1.1, `${share} of the leak`);
    assert.ok(codes('leaking')?.includes('leaking'));
    assert.ok(!codes('steady')?.includes('leaking'));

    for (const moment of ['idle', 'warm', 'end'] as const) {
      const { host, server, total } = metrics('with-server')?.processes.pssMiB[moment] ?? {};
      assert.ok((host?.value ?? 0) > 1 && (server?.value ?? 0) > 1, moment);
      assert.ok((total?.value ?? 0) > (host?.value ?? 0), moment);
    }
    assert.ok(
      (metrics('steady')?.openMs.value ?? -1) >= 0 && (metrics('steady')?.firstCallMs.value ?? -1) > 0,
    );
  });

  it('interleaves: the trials of a block come before those of the next, in another order', async () => {
    const made = project(['steady', 'asynchronous', 'with-server']);
    await made.run('bench', '--quick', '--out', 'out');
    const trials = readTrials(made.at('out'));
    assert.deepEqual(
      trials.map(({ block }) => block),
      [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
    );
    const orders = [0, 1, 2].map((block) =>
      trials
        .filter((trial) => trial.block === block)
        .map(({ cell, twin }) => armName(cell, twin))
        .join(),
    );
    assert.ok(new Set(orders).size > 1, orders.join(' | '));
  });

  it('measures one cell twice in each block, tells what it differs by from itself, and keeps that out of its figures', async () => {
    const made = project(['steady', 'asynchronous']);
    const { code, stdout } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 0);
    const { cells, noiseFloor } = readRun(made.at('out'));
    assert.deepEqual(
      cells.filter(({ status }) => status === 'ok').map(({ variant, trials }) => [variant, trials]),
      [
        ['steady', 3],
        ['asynchronous', 3],
      ],
    );
    assert.equal(noiseFloor?.cell.variant, 'steady');
    assert.equal(noiseFloor?.ratio.n, 3);
    assert.match(stdout, /noise floor \d+\.\d%: what doubling small scripted\/steady differs by/);
  });

  it('never reports a wrong output as fast: the cell is invalid and the exit code 1', async () => {
    const made = project(['steady', 'wrong', 'late-wrong', 'changing']);
    const { code, stderr } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 1, stderr);
    const run = readRun(made.at('out'));
    const status = Object.fromEntries(
      run.cells.map(({ variant, status: is, metrics }) => [variant, [is, metrics === null]]),
    );
    assert.deepEqual(status.steady, ['ok', false]);
    for (const variant of ['wrong', 'late-wrong', 'changing'])
      assert.deepEqual(status[variant], ['invalid', true]);
    assert.match(stderr, /the bytes are not doubled/);
  });

  it("a trial that crashes keeps its block's other trials, and its last words", async () => {
    const made = project(['steady', 'crashing', 'losing-its-server']);
    const { code, stderr } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 2, stderr);
    const run = readRun(made.at('out'));
    const cell = (variant: string) => run.cells.find((one) => one.variant === variant);
    assert.equal(cell('steady')?.trials, 3);
    assert.equal(cell('crashing')?.status, 'failed');
    assert.match(cell('crashing')?.reason ?? '', /ended with code 7: the last words/);
    assert.match(
      cell('losing-its-server')?.reason ?? '',
      /killed by SIGKILL during a call – look into its log/,
    );
  });

  it('ends when its budget is spent, says so, and tells how to measure the same again', async () => {
    const made = project(['steady', 'asynchronous']);
    const flags = ['--variant', 'steady', '--budget', '1s', '--window', '400ms'];
    const { code, stderr } = await made.run('bench', ...flags, '--out', 'out');
    assert.equal(code, 0, stderr);
    const { command, protocol, warnings } = readRun(made.at('out'));
    assert.equal(command, 'pnpm bench --variant steady --budget 1s --window 400ms');
    assert.equal(protocol.budgetMs, 1000);
    assert.equal(protocol.measureMs, 400);
    assert.ok(protocol.blocksFinished < protocol.blocks);
    assert.ok(warnings.some(({ code: name }) => name === 'budget-spent'));
  });

  it('refuses bad usage with one sentence, the remedy and exit code 2', async () => {
    const made = project(['steady']);
    mkdirSync(made.at('full'));
    writeFileSync(made.at('full', 'something'), '');
    const refused: readonly [readonly string[], RegExp][] = [
      [['bench', '--fast'], /unknown option '--fast'/],
      [['bench', '--workload', 'video'], /unknown workload "video" – known are: doubling/],
      [['bench', '--quick', '--thorough'], /'--quick' cannot be used with option '--thorough'/],
      [['bench', '--seed', '-1'], /must be an integer from 0/],
      [['bench', '--budget', 'soon'], /must be a time such as 90s, 25m or 2h/],
      [['bench', '--window', '11s'], /must be 10s at most/],
      [['bench', '--isa', 'avx9'], /must be one or several of scalar, avx2, neon/],
      [['bench', '--input', './there/is/none', '--workload', 'doubling'], /can't be read: ENOENT/],
      [['bench', '--input', './full/something'], /no workload is named/],
      [['bench', '--out', 'full'], /is not empty – name another directory/],
      [['bench', '--resume', 'full'], /there is no run\.json/],
      [['report', 'nowhere'], /there is no run\.json in .*nowhere/],
      [['dance'], /unknown command 'dance'/],
    ];
    for (const [args, message] of refused) {
      const { code, stdout, stderr } = await made.run(...args);
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, message);
      assert.equal(stdout, '');
      assert.doesNotMatch(stderr, /^\s+at /m);
    }
  });

  it('measures a file of the user, with a hostile name, and prints JSON only on request', async () => {
    const made = project(['steady']);
    const name = '<img src=x onerror=alert(1)> "\'$(id).bin';
    writeFileSync(made.at(name), 'abc');
    const { code, stdout, stderr } = await made.run(
      ...['bench', '--quick', '--workload', 'doubling', '--input', `./${name}`, '--out', 'out', '--json'],
    );
    assert.equal(code, 0, stderr);
    const run = JSON.parse(stdout) as { cells: { input: string }[] };
    assert.equal(run.cells[0]?.input, name);
    assert.doesNotMatch(readFileSync(made.at('out', 'report.html'), 'utf8'), /<img src=x/);
  });
});

describe('invoke', () => {
  it('does the work once and writes the output', async () => {
    const made = project(['steady']);
    writeFileSync(made.at('in'), Uint8Array.of(1, 2, 3));
    const call = [
      'invoke',
      '--workload',
      'doubling',
      '--impl',
      'scripted',
      '--input',
      './in',
      '--output',
      'result',
    ];
    const { code, stderr } = await made.run(...call);
    assert.equal(code, 0, stderr);
    assert.deepEqual([...readFileSync(made.at('result'))], [2, 4, 6]);
    const refused = await made.run(...call, '--variant', 'turbo');
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /scripted\/turbo does not do the workload doubling – its variants for it are: steady/,
    );
  });
});
