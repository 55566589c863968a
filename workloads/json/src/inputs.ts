import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NamedInput } from '@crossover/contract/workload';
import { generateOrders } from './generate-orders.js';
import type { JsonOptions } from './options.js';

const require = createRequire(import.meta.url);

/** Personal data is hidden, what only the shop's own services need is cut, and each order gets its total. */
const orderOptions: JsonOptions = {
  drop: ['internal', 'discount'],
  rename: { createdAt: 'created', sku: 'article', unitPrice: 'price', shippingFee: 'shipping' },
  redact: ['email', 'phone', 'street'],
  redactWith: '[redacted]',
  dropNulls: true,
  totals: { array: 'items', left: 'quantity', right: 'unitPrice', into: 'total' },
};

/** A timeline without what can be derived or styles a page; users can't be recognised. */
const twitterOptions: JsonOptions = {
  drop: [
    'id_str',
    'in_reply_to_status_id_str',
    'in_reply_to_user_id_str',
    'profile_background_tile',
    'sizes',
  ],
  rename: {
    created_at: 'createdAt',
    screen_name: 'screenName',
    retweet_count: 'retweets',
    full_text: 'text',
  },
  redact: ['name', 'screen_name', 'location', 'description'],
  redactWith: '•••',
  dropNulls: true,
  totals: null,
};

/** The catalogue with the total of the prices of each performance, without seating plans. */
const catalogueOptions: JsonOptions = {
  drop: ['seatMapImage', 'blockIds'],
  rename: { audienceSubCategoryId: 'audience', seatCategoryId: 'category', subTopicIds: 'subTopics' },
  redact: ['venueCode'],
  redactWith: '',
  dropNulls: true,
  totals: { array: 'prices', left: 'amount', right: 'amount', into: 'squaredAmounts' },
};

/** The feed without links, and with speaking names. */
const earthquakeOptions: JsonOptions = {
  drop: ['url', 'detail', 'ids', 'sources', 'types'],
  rename: { mag: 'magnitude', cdi: 'intensity', sig: 'significance', rms: 'residual', nst: 'stations' },
  redact: ['place', 'title'],
  redactWith: '[redacted]',
  dropNulls: true,
  totals: null,
};

/** The inputs of the README's table. */
export const inputs: readonly NamedInput[] = [
  orders('orders-10kb', 10 * 1024, '6104c7000d8be2d277f03d0f0a63416103855d63115a32d0c906db6b336a5e7b'),
  orders('orders-1mb', 1024 * 1024, '0ca775577125b2044b0636bf6c5944dc10dbd00a42ce1821d9619e30d8c270b7'),
  orders('orders-10mb', 10 * 1024 * 1024, '7831525895837f650521a27b3ef4d686514f1f9811fc7f504487ceee48f61190'),
  fromPackage({
    name: 'twitter',
    summary: 'A Twitter search result, much of it not ASCII, pretty-printed.',
    licence: 'Apache-2.0 (package simdjson); the text belongs to its authors',
    sha256: 'a08b769f32b95f426cbc3abafcec65c1a19d3eb544d4ddf320eae142c99efc5d',
    options: twitterOptions,
    path: () => require.resolve('simdjson/jsonexamples/twitter.json'),
  }),
  fromPackage({
    name: 'citm-catalog',
    summary: 'A concert catalogue with many integer-like member names, pretty-printed.',
    licence: 'Apache-2.0 (package simdjson)',
    sha256: 'a73e7a883f6ea8de113dff59702975e60119b4b58d451d518a929f31c92e2059',
    options: catalogueOptions,
    path: () => require.resolve('simdjson/jsonexamples/citm_catalog.json'),
  }),
  fromPackage({
    name: 'earthquakes',
    summary: 'A GeoJSON feed of the USGS: many numbers, compact.',
    licence: 'Public domain (USGS)',
    sha256: 'a42702a83ffbae679f95d1fa53e2cae0bae13b21e599a68cdd50a44fc52129f7',
    options: earthquakeOptions,
    // The package exports its entry point only, which lies beside the folder with the data.
    path: () => join(dirname(require.resolve('vega-datasets')), '../data/earthquakes.json'),
  }),
];

function orders(name: string, bytes: number, sha256: string): NamedInput {
  return {
    name,
    summary: `Orders with customers, addresses and line items: compact JSON of ${bytes / 1024} KiB.`,
    origin: 'generated',
    licence: 'MIT (made by this project)',
    sha256,
    options: orderOptions,
    resident: false,
    bytes: async () => generateOrders(bytes, 20261122),
  };
}

/** A file of an installed package. */
interface PackageFile {
  readonly name: string;
  readonly summary: string;
  readonly licence: string;
  readonly sha256: string;
  readonly options: JsonOptions;
  /** Finds the file. */
  path(): string;
}

function fromPackage({ path, ...input }: PackageFile): NamedInput {
  return { ...input, origin: 'package', resident: false, bytes: () => readFile(path()) };
}
