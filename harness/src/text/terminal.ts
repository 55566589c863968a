/** Styles of the terminal; each is a no-op when colours are off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** The styles, or plain text. */
export function paint(color: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    green: style(32, 39),
    red: style(31, 39),
    yellow: style(33, 39),
  };
}

/** Names come from files and configurations of users: no control character of theirs may reach the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

/** Breaks text at spaces into lines of at most `width` characters; a word longer than a line is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    let rest = word;
    if (line !== '' && line.length + 1 + rest.length <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = rest;
  }
  return line === '' ? lines : [...lines, line];
}

/** Wrapped text that begins with `lead`; further lines are indented to the end of it. */
export function hanging(lead: string, text: string, columns: number): string[] {
  const indent = Math.min(lead.length, Math.floor(columns / 2));
  return wrap(text, Math.max(10, columns - indent)).map((line, index) =>
    index === 0 ? lead + line : ' '.repeat(indent) + line,
  );
}
