import type { Run, Warning } from '../results/schema.js';
import { hanging, type Paint, printable } from '../text/terminal.js';

/** A warning with where it applies: nothing for the run as a whole, else the names of its cells. */
export interface CollectedWarning {
  readonly warning: Warning;
  readonly cells: readonly string[];
  /** Further cells of which it is said with other figures. */
  readonly alike: readonly string[];
}

/** All warnings of a run; those of cells and of boundaries are joined when they say the same, or the like with other figures. */
export function collectWarnings(run: Run): CollectedWarning[] {
  const byKind = new Map<string, { warning: Warning; cells: string[]; alike: string[] }>();
  const add = (warning: Warning, name: string): void => {
    const key = JSON.stringify([warning.code, warning.remedy]);
    const entry = byKind.get(key) ?? { warning, cells: [], alike: [] };
    const same = entry.warning.message === warning.message;
    (same ? entry.cells : entry.alike).push(name);
    byKind.set(key, entry);
  };
  for (const { workload, input, impl, variant, warnings } of run.cells) {
    for (const warning of warnings) add(warning, `${workload} ${input} ${impl}/${variant}`);
  }
  for (const { workload, impl, variant, warnings } of run.boundaryFits) {
    for (const warning of warnings) add(warning, `${workload} ${impl}/${variant}`);
  }
  return [...run.warnings.map((warning) => ({ warning, cells: [], alike: [] })), ...byKind.values()];
}

/** The warnings as lines for the terminal, each with its remedy. */
export function warningLines(run: Run, width: number, styles: Paint): string[] {
  return collectWarnings(run).flatMap(({ warning, cells, alike }) => {
    const [first, ...others] = cells;
    const where =
      first === undefined
        ? ''
        : ` [${first}${others.length > 0 ? ` and ${others.length} more` : ''}${alike.length > 0 ? `; ${alike.length} alike` : ''}]`;
    const text = printable(`${warning.message}${where}: ${warning.remedy}`);
    return hanging('! ', text, width).map(styles.yellow);
  });
}
