import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpRun, withCell } from '../report/run.fixture.js';
import { constrained, defaultProfile } from './profile.fixture.js';
import { decide } from './recommend.js';
import { renderDecisionRecord } from './record.js';

const record = renderDecisionRecord(decide([madeUpRun()], defaultProfile));

test('the record has the sections of MADR 4 in their order', () => {
  const headings = record
    .split('\n')
    .filter((line) => /^##? |^### (Consequences|Confirmation|Evidence|Limits)/.test(line));
  assert.deepEqual(headings, [
    '# Move json to rust-ffi/sync; move image to npm-native/sharp; keep time-series on ts-only/main',
    '## Context and Problem Statement',
    '## Decision Drivers',
    '## Considered Options',
    '## Decision Outcome',
    '### Consequences',
    '### Confirmation',
    '## Pros and Cons of the Options',
    '## More Information',
    '### Evidence',
    '### Limits',
  ]);
  assert.match(record, /^---\nstatus: "proposed"\ndate: 2026-11-22\nexpires: 2027-05-21\n---\n/);
});

test('the record names its evidence and how to show that it no longer holds', () => {
  assert.match(
    record,
    /Run `20261122T101500Z-a1b2`, measured on 2026-11-22; this decision expires on 2027-05-21\./,
  );
  assert.match(
    record,
    /```sh\npnpm bench --seed 7\npnpm crossover decide --profile profiles\/default\.yaml\n```/,
  );
  assert.match(record, /Imaginary 8-Core Processor, 8 CPUs, x64/);
});

test('the record says with which share of first places each option stands', () => {
  assert.match(
    record,
    /\| rust-ffi\/sync \| move the work out of TypeScript \| rank 1 \| \d\.\d\d \(\d\.\d\d–\d\.\d\d\) \| \d+% \|/,
  );
});

test('an eliminated option stays with the figure that eliminated it', () => {
  const text = renderDecisionRecord(decide([madeUpRun()], constrained({ memoryMiB: 140 })));
  assert.match(
    text,
    /\| ts-only\/main \| stay on TypeScript \| eliminated: Peak memory must be at most 140 MiB; measured 142 MiB/,
  );
  assert.match(text, /\* Constraint: peak memory of all processes of at most 140 MiB/);
});

test('loopback, closed loops and missing options are among the limits', () => {
  const limits = record.slice(record.indexOf('### Limits'));
  assert.match(limits, /over loopback or a Unix socket, which flatters it/);
  assert.match(limits, /closed loop/);
  assert.match(limits, /Not measured, so not part of the comparison/);
});

test('the same decision gives the same text', () => {
  assert.equal(renderDecisionRecord(decide([madeUpRun()], defaultProfile)), record);
});

test('names and reasons of users can not become Markdown', () => {
  const hostile = '# x\n\n<img src=x onerror=alert(1)> | [a](javascript:b) `c` **d**';
  const run = withCell(madeUpRun(), 'rust-ffi', 'sync', () => ({
    status: 'failed',
    reason: hostile,
    metrics: null,
  }));
  const text = renderDecisionRecord(
    decide(
      [{ ...run, command: 'pnpm bench --input "```\n# y"', machine: { ...run.machine, cpuModel: hostile } }],
      defaultProfile,
    ),
  );
  assert.doesNotMatch(text, /(?<!\\)<img/);
  assert.doesNotMatch(text, /^# [xy]/m);
  assert.doesNotMatch(text, /(?<!\\)\[a(?<!\\)\]/);
  for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
    assert.equal(row.match(/(?<!\\)\|/g)?.length, 6, row);
  }
});
