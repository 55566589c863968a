import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { UserError } from '../error.js';
import { loadProfile, parseProfile } from './profile.js';

const file = new URL('../../../profiles/default.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');

const messageOf = (yaml: string): string => {
  try {
    parseProfile(yaml, 'mine.yaml');
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message;
  }
  return assert.fail('the profile was accepted');
};

test('the default profile has requirements for every workload and no hard constraint', () => {
  const profile = parseProfile(text, 'profiles/default.yaml');
  assert.deepEqual(Object.keys(profile.workloads), ['json', 'image', 'time-series']);
  assert.deepEqual(profile.constraints, {
    memoryMiB: null,
    survivesNativeCrash: false,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: false,
    toolchains: null,
    architectures: null,
  });
});

test('an error names the file, the place and what is wrong in one sentence', () => {
  for (const [from, to, message] of [
    [
      'memoryMiB: null  ',
      'memoryMiB: lots  ',
      'mine.yaml: constraints.memoryMiB must be a number, not "lots".',
    ],
    ['memoryMiB: null  ', 'memoryMiB: -5  ', 'mine.yaml: constraints.memoryMiB must be above 0.'],
    [
      'singleArtefact: false',
      'oneFile: false',
      'mine.yaml: constraints has no member "oneFile"; remove it or mend its name.',
    ],
    ['percentile: p50', 'percentile: p75', 'mine.yaml: percentile must be one of "p50", "p99".'],
    [
      'latency: [0.20, 0.40]',
      'latency: [0.50, 0.40]',
      'mine.yaml: weights.latency must name the lower bound first.',
    ],
    [
      'latency: [0.20, 0.40]',
      'latency: 0.3',
      'mine.yaml: weights.latency must be a pair [lowest, highest], not 0.3.',
    ],
    ['memory: [0.05, 0.15]', 'memory: [0.05, 1.5]', 'mine.yaml: weights.memory.1 must be at most 1.'],
    [
      'latencyMs: { limit: 25, goal: 2 }',
      'latencyMs: { limit: 2, goal: 25 }',
      'mine.yaml: workloads.json.latencyMs must have a goal below its limit.',
    ],
    ['load: closed:1', 'load: fast', 'mine.yaml: load must look like closed:1.'],
    ['name: default\n', '', 'mine.yaml: name is missing.'],
  ] as const) {
    assert.ok(text.includes(from), from);
    assert.equal(messageOf(text.replace(from, to)), message);
  }
});

test('text that is not YAML, and an empty file, are refused in a sentence', () => {
  assert.match(messageOf('a: [1'), /^mine\.yaml is not YAML: .+\.$/);
  assert.equal(messageOf(''), 'mine.yaml: the profile must be an object, not null.');
});

test('weights that are all zero decide nothing and are refused', () => {
  const zero = text.replaceAll(/(weight|latency|callsPerCore|memory): \[[^\]]+\]/g, '$1: [0, 0]');
  assert.equal(messageOf(zero), 'mine.yaml: at least one weight must be above 0.');
});

test('a profile that can not be read is named', () => {
  assert.throws(() => loadProfile('/nowhere/profile.yaml'), UserError);
});
