import { create } from 'xmlbuilder2';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { commandAgain } from './explain.js';
import { groupsOf } from './row-groups.js';

/** The gate as JUnit XML: a suite a cell, a case a metric; what is inconclusive was skipped. */
export function gateJUnit(gate: Gate): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'crossover gate',
    tests: gate.rows.length,
    failures: gate.rows.filter(isFailure).length,
    skipped: gate.rows.filter(({ verdict }) => verdict === 'inconclusive').length,
  });
  const again = allowed(`again, on this machine: ${commandAgain(gate)}`);
  for (const { subject, rows } of groupsOf(gate)) {
    const suite = root.ele('testsuite', {
      name: allowed(subject),
      tests: rows.length,
      failures: rows.filter(isFailure).length,
      skipped: rows.filter(({ verdict }) => verdict === 'inconclusive').length,
    });
    for (const row of rows) {
      const { metric, verdict } = row;
      const testCase = suite.ele('testcase', { classname: allowed(subject), name: metric });
      const message = allowed(
        [row.reason, row.where ?? [], row.accepted === null ? [] : `accepted: ${row.accepted}`]
          .flat()
          .join('; '),
      );
      if (isFailure(row)) testCase.ele('failure', { message }).txt(again);
      else if (verdict === 'inconclusive') testCase.ele('skipped', { message });
      else testCase.ele('system-out').txt(message);
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function isFailure({ verdict, accepted }: GateRow): boolean {
  return verdict === 'regression' && accepted === null;
}

/** Text without the characters that XML 1.0 can't hold, not even escaped. */
function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}
