import { invalidJson, invalidUtf8, maxInputBytes, tooLarge } from './input-errors.js';
import type { JsonOptions, JsonTotals } from './options.js';
import { stringify } from './stringify.js';

/** A value as `JSON.parse` makes it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** An object of a document. All its members are its own: `__proto__` is an ordinary name. */
export interface JsonObject {
  [name: string]: Json;
}

/**
 * The specification as code: `JSON.stringify(transform(JSON.parse(text)))`, at any depth.
 * @throws {WorkloadError} the input is bad.
 */
export function reference(options: JsonOptions, input: Uint8Array): Uint8Array {
  return stringify(transform(parse(input), options));
}

/**
 * Reads a document.
 * @throws {WorkloadError} `input-too-large`, `invalid-utf8` or `invalid-json`.
 */
export function parse(input: Uint8Array): Json {
  if (input.length > maxInputBytes) throw tooLarge();
  const text = decode(input);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidJson(input);
    throw error;
  }
}

function decode(input: Uint8Array): string {
  try {
    // A byte order mark stays, and is then refused as JSON.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    throw invalidUtf8(input);
  }
}

/**
 * Transforms a document. Nested containers are entered through a list and not by recursion: the new container is put in
 * its place while it is empty, and filled later.
 */
export function transform(document: Json, options: JsonOptions): Json {
  const unfilled: (() => void)[] = [];
  const copyOf = (value: Json): Json => {
    if (Array.isArray(value)) {
      const array: Json[] = [];
      unfilled.push(() => {
        for (const element of value) array.push(copyOf(element));
      });
      return array;
    }
    if (isObject(value)) {
      const object: JsonObject = Object.create(null);
      unfilled.push(() => fill(object, value, options, copyOf));
      return object;
    }
    return value;
  };
  const copy = copyOf(document);
  for (let next = unfilled.pop(); next !== undefined; next = unfilled.pop()) next();
  return copy;
}

function fill(
  object: JsonObject,
  source: JsonObject,
  options: JsonOptions,
  copyOf: (value: Json) => Json,
): void {
  for (const [name, value] of Object.entries(source)) {
    if (options.drop.includes(name)) continue;
    if (options.dropNulls && value === null) continue;
    const newName = own(options.rename, name) ?? name;
    const redacted = typeof value === 'string' && options.redact.includes(name);
    object[newName] = redacted ? options.redactWith : copyOf(value);
  }
  if (options.totals !== null) {
    const elements = own(source, options.totals.array);
    if (Array.isArray(elements)) object[options.totals.into] = sumOfProducts(elements, options.totals);
  }
}

function sumOfProducts(elements: readonly Json[], { left, right }: JsonTotals): number {
  let sum = 0;
  for (const element of elements) {
    if (!isObject(element)) continue;
    const factors = [own(element, left), own(element, right)] as const;
    if (typeof factors[0] === 'number' && typeof factors[1] === 'number') sum += factors[0] * factors[1];
  }
  return sum;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
