/**
 * What the gate's own test puts into head: edits of the real code, each `from` → `to` in a file, and the cells that then get worse, as
 * patterns of their names: a regression anywhere else is a false alarm. `node tools/gate-selftest/weigh.mjs` counts what an edit costs; its figures stand
 * with each. A test holds each edit to fit exactly once.
 */

/** Head is base: whatever alarms is a false alarm. */
const equal = { name: 'equal', edits: [], worse: null };

/**
 * The core's json path walks over a part of its input twice: all patterns that carry the core get slower. The shares are those of the text; more instructions
 * of a call are, for 2, 3, 5 and 10%, on orders-1mb 2.1, 3.0, 5.0 and 9.7%, and on twitter, whose beginning is denser, 3.0, 4.1, 6.0 and 11.0%.
 */
function extraWork(share) {
  return {
    name: `json +${100 * share}%`,
    edits: [
      {
        file: 'core/src/json.rs',
        from: `    rewrite::rewrite(input, options, workspace.isa, output).map_err(|offset| {`,
        to: `    let written = output.len();
    let mut part = (input.len() as f64 * ${share}) as usize;
    while part > 0 && input[part] & 0xC0 == 0x80 {
        part -= 1;
    }
    let _ = rewrite::rewrite(&input[..part], options, workspace.isa, output);
    output.truncate(written);
    rewrite::rewrite(input, options, workspace.isa, output).map_err(|offset| {`,
      },
    ],
    worse: /^json\/[^/]+\/(rust-|core)/,
  };
}

/**
 * Every block of memory is overwritten when it is taken and when it is given back, and counted under a lock: in every pattern that carries the core.
 * More instructions of a call: json/orders-1mb 13.0%, image/photo-1mp 3.6%, time-series/points-100k 0.9%, json/twitter 0.3%, echo/echo-1mib none.
 */
const slowerAllocator = {
  name: 'a slower allocator',
  edits: [
    {
      file: 'core/src/lib.rs',
      from: 'mod workspace;\n',
      to: `mod workspace;

struct Slower;

static BLOCKS: std::sync::Mutex<[u64; 64]> = std::sync::Mutex::new([0; 64]);

fn book(size: usize) {
    if let Ok(mut blocks) = BLOCKS.lock() {
        blocks[size.checked_ilog2().unwrap_or(0) as usize] += 1;
    }
}

unsafe impl std::alloc::GlobalAlloc for Slower {
    unsafe fn alloc(&self, layout: std::alloc::Layout) -> *mut u8 {
        book(layout.size());
        let block = unsafe { std::alloc::System.alloc(layout) };
        if !block.is_null() {
            unsafe { block.write_bytes(0xA5, layout.size()) };
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: std::alloc::Layout) {
        book(layout.size());
        unsafe { block.write_bytes(0x5A, layout.size()) };
        unsafe { std::alloc::System.dealloc(block, layout) };
    }
}

#[global_allocator]
static SLOWER: Slower = Slower;
`,
    },
  ],
  worse: /\/(rust-|core)/,
};

/**
 * The prototype of the class that walks over the tree changes before each call, which takes away the optimised code that relied on it: V8 optimises
 * the same functions again and again: twice in each call on orders-1mb, and never without the edit.
 */
const deoptimisation = {
  name: 'deoptimised at each call',
  edits: [
    {
      file: 'impls/ts-only/src/json/transform.ts',
      from: '  const document = parse(input);\n',
      to: '  Object.setPrototypeOf(TreeTransformer.prototype, {});\n  const document = parse(input);\n',
    },
  ],
  worse: /^json\/[^/]+\/ts-only\/main/,
};

const copyMore = {
  name: 'a copy more at the boundary',
  edits: [
    {
      file: 'impls/rust-ffi/src/addon-library.ts',
      from: `  call(workload: string, options: Uint8Array, input: Uint8Array, trace?: CallTrace): Invocation {
    const failure =`,
      to: `  call(workload: string, options: Uint8Array, given: Uint8Array, trace?: CallTrace): Invocation {
    const input = given.slice();
    const failure =`,
    },
  ],
  worse: /\/rust-ffi\/sync/,
};

const leak = {
  name: 'a leak of each output',
  edits: [
    {
      file: 'impls/ts-only/src/compute.ts',
      from: '    const output = work();\n',
      to: '    const output = work();\n    leaked.push(output.slice());\n',
    },
    {
      file: 'impls/ts-only/src/compute.ts',
      from: 'const nanosecondsPerMillisecond = 1e6;\n',
      to: 'const nanosecondsPerMillisecond = 1e6;\nconst leaked: Uint8Array[] = [];\n',
    },
  ],
  worse: /\/ts-only\/main/,
};

/** Half of all gates compare equals, for false alarms are what a gate is left for; they stand between the others, so that no hour of the day is theirs. */
export const scenarios = [
  extraWork(0.02),
  extraWork(0.03),
  extraWork(0.05),
  extraWork(0.1),
  copyMore,
  leak,
  slowerAllocator,
  deoptimisation,
].flatMap((scenario) => [equal, scenario]);
