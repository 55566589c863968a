import type { Json } from './reference.js';

/** Characters that are collected before they are encoded: far fewer than a string can have. */
const chunkLength = 1 << 20;

/** An array or object that is being written. */
interface OpenContainer {
  /** The members' names; an array has none. */
  readonly names: readonly string[] | undefined;
  readonly values: readonly Json[];
  /** Index of the next value. */
  next: number;
}

/** What `JSON.stringify` gives, as UTF-8 bytes, at any depth and of any length. */
export function stringify(document: Json): Uint8Array {
  const chunks: Buffer[] = [];
  const open: OpenContainer[] = [];
  let text = '';
  const write = (value: Json): void => {
    if (typeof value !== 'object' || value === null) {
      text += JSON.stringify(value);
    } else if (Array.isArray(value)) {
      text += '[';
      open.push({ names: undefined, values: value, next: 0 });
    } else {
      text += '{';
      open.push({ names: Object.keys(value), values: Object.values(value), next: 0 });
    }
    if (text.length >= chunkLength) {
      chunks.push(Buffer.from(text));
      text = '';
    }
  };

  write(document);
  for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
    const { names, values } = container;
    const value = values[container.next];
    if (value === undefined) {
      text += names === undefined ? ']' : '}';
      open.pop();
      continue;
    }
    if (container.next > 0) text += ',';
    if (names !== undefined) text += `${JSON.stringify(names[container.next])}:`;
    container.next++;
    write(value);
  }
  return Buffer.concat([...chunks, Buffer.from(text)]);
}
