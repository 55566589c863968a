import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NamedInput } from '@crossover/contract/workload';
import { generatePhoto, type PhotoSettings } from './generate-photo.js';
import { encodeJpeg } from './jpeg-encoder.js';
import { defaults } from './options.js';

const madeHere = 'CC0-1.0';
const visibleEarth = 'Public domain: NASA Visible Earth';

/** Chosen so that 20 megapixels of the generator's grain come to about 5 MB. */
const quality = 90;
const large: PhotoSettings = { seed: 20, width: 5472, height: 3648, grain: 9 };
const medium: PhotoSettings = { seed: 1, width: 1152, height: 864, grain: 2 };

async function photo(settings: PhotoSettings, progressive: boolean): Promise<Uint8Array> {
  return encodeJpeg(generatePhoto(settings), { quality, subsampling: '4:2:0', progressive });
}

/** A picture that three-globe ships with its examples. */
async function globe(file: string): Promise<Uint8Array> {
  const entry = createRequire(import.meta.url).resolve('three-globe');
  return readFile(join(dirname(entry), '..', 'example', 'img', file));
}

/** The inputs that come with the workload. */
export const inputs: readonly NamedInput[] = [
  {
    name: 'photo-20mp',
    summary: 'Photo-like, 5472 × 3648, baseline 4:2:0, 4.9 MB',
    origin: 'generated',
    licence: madeHere,
    sha256: '8f5ddba35eda04efb13108c4e0947ebca46f8a8478a9d9b7750cd6d792086300',
    options: defaults,
    resident: false,
    bytes: () => photo(large, false),
  },
  {
    name: 'photo-20mp-progressive',
    summary: 'The same picture as photo-20mp, progressive with successive approximation, 4.5 MB',
    origin: 'generated',
    licence: madeHere,
    sha256: 'eccde417d5c9f46bbedfe0ea7c31a4e99ebd51ca4db83a1592f8f94cdba650e8',
    options: defaults,
    resident: false,
    bytes: () => photo(large, true),
  },
  {
    name: 'photo-1mp',
    summary: 'Photo-like, 1152 × 864, baseline 4:2:0',
    origin: 'generated',
    licence: madeHere,
    sha256: 'c2468762528ada0433b5b5e345a5b40d19d61a62e7282a28e68c5123a2ab94e4',
    options: defaults,
    resident: false,
    bytes: () => photo(medium, false),
  },
  {
    name: 'earth-blue-marble',
    summary: 'The Blue Marble, a composite of satellite pictures of the Earth, 4096 × 2048',
    origin: 'package',
    licence: visibleEarth,
    sha256: '228deba2e4b600146bdcb6cfa359b8ead6aacc2b1c13550a29cd82824cfa1c01',
    options: defaults,
    resident: false,
    bytes: () => globe('earth-blue-marble.jpg'),
  },
  {
    name: 'earth-night',
    summary: 'City lights, a composite of satellite pictures of the Earth at night, 4096 × 2048',
    origin: 'package',
    licence: visibleEarth,
    sha256: '355ab23dd1323315b393d7b91dd2d7ee223a1cbaaba2b48dc72ba90d371ced24',
    options: defaults,
    resident: false,
    bytes: () => globe('earth-night.jpg'),
  },
];
