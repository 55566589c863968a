import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { cities, givenNames, notes, products, streets, surnames } from './order-words.js';

/**
 * Makes a document of orders: compact JSON of `bytes` bytes, or less by up to one order. The same seed and size give the
 * same bytes everywhere, because all numbers are integers; prices are cents, written as decimals.
 *
 * The text looks as if a program in another language had written it: prices have trailing zeros, and the warehouses'
 * numbers stand in some order, not in JavaScript's, where integer-like names ascend.
 */
export function generateOrders(bytes: number, seed: number): Uint8Array {
  const generator = new OrderGenerator(seed);
  const head = '{"currency":"EUR","orders":[';
  const tail = ']}';
  const orders: string[] = [];
  for (let size = head.length + tail.length; ; ) {
    const order = generator.order();
    size += Buffer.byteLength(order) + 1;
    if (size > bytes) break;
    orders.push(order);
  }
  return Buffer.from(`${head}${orders.join()}${tail}`);
}

/** Writes an object with its members in the given order. The values are JSON texts. */
function object(members: readonly (readonly [name: string, value: string | number])[]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

function array(elements: readonly string[]): string {
  return `[${elements.join()}]`;
}

/** Its methods give JSON texts. */
class OrderGenerator {
  readonly #random;
  #lastId = 100_000;

  constructor(seed: number) {
    this.#random = xoroshiro128plus(seed);
  }

  order(): string {
    const id = ++this.#lastId;
    return object([
      ['id', id],
      ['number', `"A-${id}"`],
      ['createdAt', this.#time()],
      ['status', this.#oneOf(['"open"', '"paid"', '"shipped"', '"returned"'])],
      ['customer', this.#customer()],
      ['shippingAddress', this.#address()],
      ['billingAddress', this.#oneIn(3) ? this.#address() : 'null'],
      ['items', array(this.#several(1, 6, () => this.#item()))],
      ['reserved', this.#oneIn(4) ? this.#reserved() : '{}'],
      ['shippingFee', this.#price(1500)],
      ['coupon', this.#oneIn(5) ? `"SAVE${this.#integer(1, 9)}0"` : 'null'],
      ['note', this.#oneIn(4) ? this.#text(notes) : 'null'],
      ['internal', this.#internal()],
    ]);
  }

  #customer(): string {
    const given = this.#oneOf(givenNames);
    const surname = this.#oneOf(surnames);
    return object([
      ['id', this.#integer(1, 99_999)],
      ['name', JSON.stringify(`${given} ${surname}`)],
      ['email', `"customer${this.#integer(1, 99_999)}@example.com"`],
      ['phone', this.#oneIn(3) ? 'null' : `"+49 30 ${this.#integer(1_000_000, 9_999_999)}"`],
      ['vip', String(this.#oneIn(10))],
    ]);
  }

  #address(): string {
    const [city, country] = this.#oneOf(cities);
    return object([
      ['street', JSON.stringify(`${this.#oneOf(streets)} ${this.#integer(1, 180)}`)],
      ['extra', this.#oneIn(6) ? `"c/o ${this.#integer(1, 40)}"` : 'null'],
      ['postalCode', `"${this.#integer(10_000, 99_999)}"`],
      ['city', JSON.stringify(city)],
      ['country', JSON.stringify(country)],
      ['location', array([this.#coordinate(35, 59), this.#coordinate(0, 29)])],
    ]);
  }

  #item(): string {
    return object([
      ['sku', `"${this.#oneOf(['TX', 'HW', 'GR'])}-${this.#integer(1000, 9999)}"`],
      ['name', this.#text(products)],
      ['quantity', this.#integer(1, 12)],
      ['unitPrice', this.#price(30_000)],
      ['discount', this.#oneIn(4) ? `0.${this.#integer(1, 3)}5` : 'null'],
      ['attributes', array(this.#several(0, 3, () => this.#attribute()))],
    ]);
  }

  #attribute(): string {
    const [key, ...values] = this.#oneOf([
      ['colour', 'green', 'off-white', 'crème', 'a "warm" grey'],
      ['size', 'S', 'M', 'L', '38½'],
      ['material', 'oak', 'cotton', 'Filz', 'steel / brass'],
    ] as const);
    return object([
      ['key', JSON.stringify(key)],
      ['value', this.#text(values)],
    ]);
  }

  /** Parcels by the number of the warehouse. The numbers differ, because each is from a range of its own. */
  #reserved(): string {
    return object(
      this.#oneOf([[7], [3, 1], [2, 5, 4]]).map((hundred) => [
        String(100 * hundred + this.#integer(0, 99)),
        this.#integer(1, 5),
      ]),
    );
  }

  #internal(): string {
    return object([
      [
        'traceId',
        `"${this.#several(0, 4, () => this.#integer(0x1000_0000, 0x7fff_ffff).toString(16)).join('')}"`,
      ],
      ['retries', this.#integer(0, 3)],
      ['path', array(this.#several(1, 4, () => `"svc-${this.#integer(1, 20)}"`))],
    ]);
  }

  #time(): string {
    const two = (min: number, max: number): string => String(this.#integer(min, max)).padStart(2, '0');
    return `"2026-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z"`;
  }

  /** Up to `maxCents`, with two decimals. */
  #price(maxCents: number): string {
    const cents = this.#integer(99, maxCents);
    return `${(cents - (cents % 100)) / 100}.${String(cents % 100).padStart(2, '0')}`;
  }

  /** Degrees with six decimals. */
  #coordinate(min: number, max: number): string {
    return `${this.#integer(min, max)}.${String(this.#integer(0, 999_999)).padStart(6, '0')}`;
  }

  #text(texts: readonly string[]): string {
    return JSON.stringify(this.#oneOf(texts));
  }

  #several(min: number, max: number, make: () => string): string[] {
    return Array.from({ length: this.#integer(min, max) }, make);
  }

  #oneOf<T>(choices: readonly T[]): T {
    return choices[this.#integer(0, choices.length - 1)] as T;
  }

  /** True once in `n` times. */
  #oneIn(n: number): boolean {
    return this.#integer(1, n) === 1;
  }

  #integer(min: number, max: number): number {
    return uniformInt(this.#random, min, max);
  }
}
