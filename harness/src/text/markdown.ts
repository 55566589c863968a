/**
 * Text as Markdown that shows it as it is: names and reasons come from files of users. Line breaks and control characters
 * become spaces, so that no text can begin a block of its own.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_[\]<>|~&]/g, '\\$&')
    .replace(/^\s*(?=[#+-]+(?:\s|$))/, '\\')
    .replace(/^(\s*\d+)(?=[.)](?:\s|$))/, '$1\\');
}

/** Text as an indivisible piece of code, fenced by more backticks than it has in a row. */
export function code(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A block of commands for a shell, or of lines in another language. */
export function shell(lines: readonly string[], language = 'sh'): string {
  const text = lines.map((line) => line.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table; the cells are Markdown already, and the first row is the header. */
export function table([header, ...rows]: readonly (readonly string[])[]): string {
  if (!header) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text as a YAML scalar that can't end its line. */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
