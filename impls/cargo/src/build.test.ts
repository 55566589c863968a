import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cargoBuild } from './build.js';
import { findTarget } from './target.js';

test('the C-ABI library is found where cargo put it, whatever the target folder', async (t) => {
  const workspace = await crate(t, '#[unsafe(no_mangle)] pub extern "C" fn answer() -> i32 { 42 }');
  const target = join(workspace, 'elsewhere');
  const log: string[] = [];
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  const built = await cargoBuild({ package: 'sample', log: (line) => log.push(line), workspace, env });
  assert.equal(built.status, 'ready');
  const [library, ...others] = built.artefacts;
  assert.deepEqual(others, []);
  assert.ok(library);
  assert.ok(library.path.startsWith(target), library?.path);
  assert.equal(library.bytes, (await stat(library.path)).size);
  assert.ok(
    log.some((line) => line.startsWith('Finished')),
    log.join('\n'),
  );

  const again = await cargoBuild({ package: 'sample', log: () => {}, workspace, env });
  assert.deepEqual(again, built);
});

test('a crate that does not compile is unavailable with the first error of the compiler', async (t) => {
  const workspace = await crate(t, 'fn wrong() -> i32 { "text" }');
  assert.deepEqual(await cargoBuild({ package: 'sample', log: () => {}, workspace }), {
    status: 'unavailable',
    reason: 'cargo failed: error[E0308]: mismatched types',
    remedy: `see all of it with: cd ${workspace} && cargo build --release --workspace --target ${await ownTarget()}`,
  });
});

test('without cargo on the PATH the remedy is to install Rust', async (t) => {
  const empty = await folder(t);
  const env = { PATH: empty };
  assert.deepEqual(await cargoBuild({ package: 'sample', log: () => {}, workspace: empty, env }), {
    status: 'unavailable',
    reason: 'cargo is not on the PATH',
    remedy: 'install Rust from https://rustup.rs and run again',
  });
});

test('without a linker the remedy is to install a C compiler', async (t) => {
  const workspace = await crate(t, 'pub fn nothing() {}');
  await mkdir(join(workspace, '.cargo'));
  await writeFile(
    join(workspace, '.cargo', 'config.toml'),
    '[build]\nrustflags = ["-Clinker=no-such-linker"]\n',
  );
  const env = { ...process.env, CARGO_TARGET_DIR: join(workspace, 'target') };
  const built = await cargoBuild({ package: 'sample', log: () => {}, workspace, env });
  assert.equal(built.status, 'unavailable');
  assert.match(built.reason, /linker `no-such-linker` not found/);
  assert.match(built.remedy, /^install a C compiler/);
});

/** The target that is this process's. */
async function ownTarget(): Promise<string> {
  const target = await findTarget('.', process.env);
  assert.equal(target.status, 'ready');
  return target.triple;
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'crossover-cargo-test-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

/** A workspace with the one crate `sample`, a C-ABI library with `source` as its code. */
async function crate(t: TestContext, source: string): Promise<string> {
  const path = await folder(t);
  await mkdir(join(path, 'src'));
  await writeFile(join(path, 'src', 'lib.rs'), source);
  const manifest =
    '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n';
  await writeFile(join(path, 'Cargo.toml'), manifest);
  return path;
}
