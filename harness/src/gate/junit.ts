import { create } from 'xmlbuilder2';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { commandAgain } from './explain.js';
import { relationName } from './relation-name.js';
import { groupsOf } from './row-groups.js';

interface Case {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** The gate as JUnit XML: a suite a cell, a case a metric, and suites of what must hold and of the null arm; what is inconclusive was skipped. */
export function gateJUnit(gate: Gate): string {
  const suites = suitesOf(gate);
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'crossover gate',
    ...totals(suites.flatMap(({ cases }) => cases)),
  });
  const again = allowed(`again, on this machine: ${commandAgain(gate)}`);
  for (const { name: classname, cases } of suites) {
    const suite = root.ele('testsuite', { name: allowed(classname), ...totals(cases) });
    for (const { name, outcome, message: text } of cases) {
      const testCase = suite.ele('testcase', { classname: allowed(classname), name: allowed(name) });
      const message = allowed(text);
      if (outcome === 'failed') testCase.ele('failure', { message }).txt(again);
      else if (outcome === 'skipped') testCase.ele('skipped', { message });
      else testCase.ele('system-out').txt(message);
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function suitesOf(gate: Gate): Suite[] {
  const isNoisy = gate.noise !== null;
  const nullArm: Case = {
    name: 'base against its own copy',
    outcome: isNoisy ? 'skipped' : 'passed',
    message: gate.noise ?? 'no alarm',
  };
  const relations = gate.relations.map((relation): Case => {
    const { verdict, reason: message } = relation;
    const outcome =
      isNoisy || verdict === 'inconclusive' ? 'skipped' : verdict === 'ok' ? 'passed' : 'failed';
    return { name: relationName(relation), outcome, message };
  });
  return [
    ...groupsOf(gate).map(({ subject, rows }) => ({
      name: subject,
      cases: rows.map((row) => caseOf(row, isNoisy)),
    })),
    { name: 'what must hold', cases: relations },
    { name: 'null arm', cases: isNoisy || gate.nullRows.length > 0 ? [nullArm] : [] },
  ].filter(({ cases }) => cases.length > 0);
}

/** A row as a case. Where the null arm says that nothing is proven, nothing fails that was measured. */
function caseOf({ metric, verdict, stage, reason, where, accepted }: GateRow, isNoisy: boolean): Case {
  const failed = verdict === 'regression' && accepted === null;
  const proven = !isNoisy || stage === null;
  const unsure = failed && !proven ? 'not proven, as the null arm says' : [];
  return {
    name: metric,
    outcome: failed && proven ? 'failed' : failed || verdict === 'inconclusive' ? 'skipped' : 'passed',
    message: [reason, where ?? [], accepted === null ? [] : `accepted: ${accepted}`, unsure]
      .flat()
      .join('; '),
  };
}

function totals(cases: readonly Case[]): Record<'tests' | 'failures' | 'skipped', number> {
  const having = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return { tests: cases.length, failures: having('failed'), skipped: having('skipped') };
}

/** Text without the characters that XML 1.0 can't hold, not even escaped. */
function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}
