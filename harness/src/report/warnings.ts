import type { Run, Warning } from '../results/schema.js';
import { hanging, type Paint, printable } from './terminal-text.js';

/** A warning with where it applies: nothing for the run as a whole, else the names of its cells. */
export interface CollectedWarning {
  readonly warning: Warning;
  readonly cells: readonly string[];
}

/** All warnings of a run; those of cells are joined when they say the same. */
export function collectWarnings(run: Run): CollectedWarning[] {
  const byText = new Map<string, { warning: Warning; cells: string[] }>();
  for (const cell of run.cells) {
    for (const warning of cell.warnings) {
      const key = JSON.stringify([warning.code, warning.message]);
      const entry = byText.get(key) ?? { warning, cells: [] };
      entry.cells.push(`${cell.workload} ${cell.input} ${cell.impl}/${cell.variant}`);
      byText.set(key, entry);
    }
  }
  return [...run.warnings.map((warning) => ({ warning, cells: [] })), ...byText.values()];
}

/** The warnings as lines for the terminal, each with its remedy. */
export function warningLines(run: Run, width: number, styles: Paint): string[] {
  return collectWarnings(run).flatMap(({ warning, cells }) => {
    const [first, ...others] = cells;
    const where =
      first === undefined ? '' : ` [${first}${others.length > 0 ? ` and ${others.length} more` : ''}]`;
    const text = printable(`${warning.message}${where}: ${warning.remedy}`);
    return hanging('! ', text, width).map(styles.yellow);
  });
}
