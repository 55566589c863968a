import { readFile as readBytes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NamedInput } from '@crossover/contract/workload';
import { generatePoints } from './generate-points.js';
import { defaults, type SeriesQuery } from './options.js';
import { readCsv, readFile } from './read-file.js';
import { encodeFrame } from './series-frame.js';
import { chooseColumns } from './table-columns.js';

/** All aggregates for each region and device: 1,000 groups. */
const byRegionAndDevice: SeriesQuery = { ...defaults, groupBy: [0, 1] };

const dayMs = 86_400_000;

/** Delay and distance of the flights from each airport in each week of January and February. */
const byOriginAndWeek: SeriesQuery = {
  ...defaults,
  from: Date.UTC(2001, 0, 1),
  to: Date.UTC(2001, 2, 1),
  bucketMs: 7 * dayMs,
};

/** Temperature and wind of each day. */
const byDay: SeriesQuery = { ...defaults, groupBy: [], bucketMs: dayMs };

const sha256 = {
  'points-10k': '239499a00eca36e03f1aa482612c2df72301f0f4e7332cd596189a3d42dd463d',
  'points-100k': 'f4c35ec3015ec847c43d32a5cddd4bdd59f2920556f711e803aa049631596310',
  'points-1m': 'a45c4aeea092d96d297ba19e19809348c22ac939d5d0e0b2ce88cfaf9803dd5a',
  'points-10m': '86cba6ee3247c92a5f46332bf762d48f0c548cf5538351075ee6c1483027ff22',
  'flights-20k': 'b22b6886c637c9410283aae0e83c1cdfed7c2066203ca335442351d03f4a5268',
  'seattle-hourly': '820d6c79d31db5452efafea0b5280071fe0b5dc951c71f9ea9dac7a59c90e2da',
} as const;

/** The inputs that come with the workload. */
export const inputs: readonly NamedInput[] = [
  points('points-10k', 10_000),
  points('points-100k', 100_000),
  points('points-1m', 1_000_000),
  points('points-10m', 10_000_000),
  { ...points('points-100k', 100_000), name: 'points-100k-resident', resident: true },
  { ...points('points-1m', 1_000_000), name: 'points-1m-resident', resident: true },
  {
    ...points('points-100k', 100_000),
    name: 'points-100k-resident-moments',
    summary: 'the same, resident, asked for all but the percentiles',
    options: { ...byRegionAndDevice, percentiles: false },
    resident: true,
  },
  {
    name: 'flights-20k',
    summary: '20,000 departures of US flights in early 2001: delay and distance by origin and week',
    origin: 'package',
    licence: 'US government work (Bureau of Transportation Statistics), from vega-datasets (BSD-3-Clause)',
    sha256: sha256['flights-20k'],
    options: byOriginAndWeek,
    resident: false,
    bytes: async () => readFile(await dataset('flights-20k.json'), 'flights-20k.json'),
  },
  {
    name: 'seattle-hourly',
    summary: 'hourly temperature and wind normals of Seattle for a year, by day',
    origin: 'package',
    licence: 'US government work (NOAA), from vega-datasets (BSD-3-Clause)',
    sha256: sha256['seattle-hourly'],
    options: byDay,
    resident: false,
    bytes: async () => seattle(await dataset('seattle-weather-hourly-normals.csv')),
  },
];

function points(name: 'points-10k' | 'points-100k' | 'points-1m' | 'points-10m', rows: number): NamedInput {
  return {
    name,
    summary: `${rows.toLocaleString('en')} points of 10 regions × 100 devices, one each 250 ms`,
    origin: 'generated',
    licence: 'MIT',
    sha256: sha256[name],
    options: byRegionAndDevice,
    resident: false,
    bytes: async () => encodeFrame(generatePoints(rows)),
  };
}

/** The file has a column of pressure, too, which the rules for a user's file would take before the wind. */
function seattle(content: Buffer): Uint8Array {
  const fileName = 'seattle-weather-hourly-normals.csv';
  const table = readCsv(content.toString(), fileName).filter(({ name }) => name !== 'pressure');
  return encodeFrame(chooseColumns(table, fileName));
}

function dataset(fileName: string): Promise<Buffer> {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return readBytes(join(dirname(entry), '..', 'data', fileName));
}
