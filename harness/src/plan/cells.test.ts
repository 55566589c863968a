import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Variant } from '@crossover/contract/implementation';
import { UserError } from '../error.js';
import type { Selection } from '../results/schema.js';
import { chooseCells, levelled, namesOf } from './cells.js';

const all: Selection = { workload: null, impl: null, variant: null, input: null, load: null, isa: null };
const suite = {
  inputs: { json: ['small'], image: ['photo'] },
  variants: { plain: ['main'], native: ['sharp'] },
  loads: ['closed:1'],
};
const workloads = [
  { name: 'json', inputs: [{ name: 'small' }, { name: 'large' }] },
  { name: 'image', inputs: [{ name: 'photo' }] },
  { name: 'echo', inputs: [{ name: 'empty' }, { name: 'full' }] },
];
const variant = (id: string, ...able: string[]): Variant => ({
  id,
  summary: '',
  workloads: able,
  blocksEventLoop: true,
});
const implementations = [
  {
    id: 'plain',
    traits: { runsCore: false },
    variants: [variant('main', 'json', 'image', 'echo'), variant('pool', 'json', 'image')],
  },
  { id: 'native', traits: { runsCore: true }, variants: [variant('sharp', 'image')] },
];
const names = (selection: Partial<Selection>): string[] =>
  chooseCells(suite, namesOf({ ...all, ...selection }), workloads, implementations).map(
    ({ workload, input, impl, variant: id, load }) => `${workload}/${input}/${impl}/${id}/${load}`,
  );

describe('the choice of cells', () => {
  it('is every input with every variant that does its workload', () => {
    assert.deepEqual(names({}), [
      'json/small/plain/main/closed:1',
      'image/photo/plain/main/closed:1',
      'image/photo/native/sharp/closed:1',
    ]);
  });

  it('can be narrowed, and widened by naming an input, variant or load beyond the suite', () => {
    assert.deepEqual(names({ impl: 'native' }), ['image/photo/native/sharp/closed:1']);
    assert.deepEqual(names({ input: 'large' }), ['json/large/plain/main/closed:1']);
    assert.deepEqual(names({ workload: 'json', variant: 'pool', load: 'closed:8' }), [
      'json/small/plain/pool/closed:8',
    ]);
  });

  it('takes several names in each flag', () => {
    assert.deepEqual(names({ impl: 'native,plain', variant: 'pool,sharp', load: 'closed:1,closed:2' }), [
      'json/small/plain/pool/closed:1',
      'json/small/plain/pool/closed:2',
      'image/photo/plain/pool/closed:1',
      'image/photo/plain/pool/closed:2',
      'image/photo/native/sharp/closed:1',
      'image/photo/native/sharp/closed:2',
    ]);
    assert.deepEqual(names({ input: 'large,photo', variant: 'main' }), [
      'json/large/plain/main/closed:1',
      'image/photo/plain/main/closed:1',
    ]);
  });

  it('leaves out a workload of which the suite has no input, unless it is named: then all of its inputs are', () => {
    assert.deepEqual(names({ workload: 'echo' }), [
      'echo/empty/plain/main/closed:1',
      'echo/full/plain/main/closed:1',
    ]);
    assert.deepEqual(names({ input: 'full' }), ['echo/full/plain/main/closed:1']);
  });

  it('repeats the variants of the core, and only those, for each level of vector instructions', () => {
    assert.deepEqual(names({ workload: 'image', isa: 'scalar,avx2' }), [
      'image/photo/plain/main/closed:1',
      'image/photo/native/sharp@scalar/closed:1',
      'image/photo/native/sharp@avx2/closed:1',
    ]);
    assert.deepEqual(levelled('sharp@scalar'), { variant: 'sharp', isa: 'scalar' });
    assert.deepEqual(levelled('sharp'), { variant: 'sharp', isa: null });
  });

  it('refuses a name that does not exist, and says which do', () => {
    const refused = (selection: Partial<Selection>, message: RegExp, remedy: RegExp): void => {
      assert.throws(
        () => names(selection),
        (error) => error instanceof UserError && message.test(error.message) && remedy.test(error.remedy),
      );
    };
    refused({ workload: 'video' }, /unknown workload "video"/, /json, image, echo/);
    refused({ impl: 'go' }, /unknown implementation "go"/, /plain, native/);
    refused({ variant: 'turbo' }, /unknown variant "turbo"/, /main, pool, sharp/);
    refused({ input: 'huge' }, /unknown input "huge"/, /small, large, photo, empty, full/);
    refused({ impl: 'plain,go' }, /unknown implementation "go"/, /plain, native/);
    refused({ workload: 'json', input: 'photo' }, /unknown input "photo"/, /small, large/);
    refused({ load: 'closed:1,often' }, /--load often is not a load/, /closed:N/);
    refused({ impl: 'native', workload: 'json' }, /nothing to measure/, /leave one/);
  });
});
