/**
 * What the gate's own test puts into head: edits of the real code, each `from` → `to` in a file, and the cells that then get worse, as
 * patterns of their names, and in which metrics that would be right to say.
 */

const transform = `rewrite::rewrite(input, options, workspace.isa, output).map_err(|offset| {`;

/** Work that goes on for so much longer, in the core's json path: all patterns that run the core get slower. */
function extraWork(share) {
  return {
    name: `json +${100 * share}%`,
    edits: [
      {
        file: 'core/src/json.rs',
        from: transform,
        to: `let begun = std::time::Instant::now();
    let done = rewrite::rewrite(input, options, workspace.isa, output);
    let until = begun.elapsed().mul_f64(1.0 + ${share});
    while begun.elapsed() < until {}
    done.map_err(|offset| {`,
      },
    ],
    worse: /^json\/[^/]+\/rust-/,
  };
}

export const scenarios = [
  { name: 'equal', edits: [], worse: null },
  extraWork(0.02),
  extraWork(0.03),
  extraWork(0.05),
  extraWork(0.1),
  {
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
  },
  {
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
  },
];
