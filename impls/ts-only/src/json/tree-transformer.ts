import type { JsonOptions, JsonTotals } from '@crossover/workload-json/options';
import type { Json, JsonObject } from '@crossover/workload-json/reference';

/** What happens to the members of one name. */
interface Rule {
  dropped: boolean;
  redacted: boolean;
  /** The name in the result. */
  target: string;
}

/**
 * Transforms trees made by `JSON.parse` for given options. Recursive: a tree that is too deep throws a `RangeError`.
 *
 * The tree is its caller's to give away. Most objects are changed in place, which is the fastest: a member that is to
 * vanish becomes `undefined`, and `JSON.stringify` passes over it. (`delete` would turn the object into a slow
 * dictionary, and making new objects costs allocations.) Where a member gets a new name, or a total is added, the order of members
 * can change, and a new object is made.
 */
export class TreeTransformer {
  readonly #rules = new Map<string, Rule>();
  readonly #dropNulls: boolean;
  readonly #redactWith: string;
  readonly #totals: JsonTotals | null;

  constructor(options: JsonOptions) {
    this.#dropNulls = options.dropNulls;
    this.#redactWith = options.redactWith;
    this.#totals = options.totals;
    for (const [name, target] of Object.entries(options.rename)) this.#rule(name).target = target;
    for (const name of options.drop) this.#rule(name).dropped = true;
    for (const name of options.redact) this.#rule(name).redacted = true;
  }

  /** Gives the transformed tree, which shares objects with the given one. */
  transform(value: Json): Json {
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? this.#array(value) : this.#object(value);
  }

  #rule(name: string): Rule {
    let rule = this.#rules.get(name);
    if (rule === undefined) {
      rule = { dropped: false, redacted: false, target: name };
      this.#rules.set(name, rule);
    }
    return rule;
  }

  #array(array: Json[]): Json[] {
    for (let i = 0; i < array.length; i++) {
      const element = array[i] as Json;
      if (typeof element === 'object' && element !== null) array[i] = this.transform(element);
    }
    return array;
  }

  #object(source: JsonObject): Json {
    // Before the elements are changed.
    const total = this.#totals === null ? undefined : totalOf(source, this.#totals);
    if (total === undefined && !this.#renames(source)) return this.#changeInPlace(source);
    const result = this.#remake(source);
    if (total !== undefined && this.#totals !== null) put(result, this.#totals.into, total);
    return result;
  }

  #renames(source: JsonObject): boolean {
    for (const name in source) {
      const rule = this.#rules.get(name);
      if (rule !== undefined && rule.target !== name) return true;
    }
    return false;
  }

  #changeInPlace(object: Record<string, Json | undefined>): JsonObject {
    for (const name in object) {
      const value = object[name] as Json;
      const changed = this.#member(this.#rules.get(name), value);
      // `name` is an own member, so that even `__proto__` is set like any other.
      if (changed !== value) object[name] = changed;
    }
    return object as JsonObject;
  }

  #remake(source: JsonObject): JsonObject {
    const result: JsonObject = {};
    for (const name in source) {
      const rule = this.#rules.get(name);
      const value = this.#member(rule, source[name] as Json);
      if (value !== undefined) put(result, rule === undefined ? name : rule.target, value);
    }
    return result;
  }

  /** The new value of a member; `undefined` if it vanishes. */
  #member(rule: Rule | undefined, value: Json): Json | undefined {
    if (rule !== undefined) {
      if (rule.dropped) return undefined;
      if (rule.redacted && typeof value === 'string') return this.#redactWith;
    }
    if (typeof value !== 'object') return value;
    if (value === null) return this.#dropNulls ? undefined : null;
    return Array.isArray(value) ? this.#array(value) : this.#object(value);
  }
}

/** Sets an own member. An assignment to `__proto__` would set the prototype. */
function put(object: JsonObject, name: string, value: Json): void {
  if (name !== '__proto__') {
    object[name] = value;
    return;
  }
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The sum of products, if `source` has the array for it. */
function totalOf(source: JsonObject, { array, left, right }: JsonTotals): number | undefined {
  // What an object inherits from `Object.prototype` is neither an array nor a number, so no look-up needs a check.
  const elements = source[array];
  if (!Array.isArray(elements)) return undefined;
  let sum = 0;
  for (const element of elements) {
    if (typeof element !== 'object' || element === null || Array.isArray(element)) continue;
    const leftFactor = element[left];
    const rightFactor = element[right];
    if (typeof leftFactor === 'number' && typeof rightFactor === 'number') sum += leftFactor * rightFactor;
  }
  return sum;
}
