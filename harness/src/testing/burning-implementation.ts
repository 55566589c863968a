/**
 * The module of an implementation `burning` for tests of the gate: its calls take processor time in proportion to `turns`, and their output is made of
 * each byte by the expression `output`.
 */
export function burning(turns: number, output = '2 * byte', variants: readonly string[] = ['sync']): string {
  return `
    let kept = 0;
    const invoke = (_workload, _options, input) => {
      const begin = performance.now();
      for (let i = 0; i < ${turns}; i++) kept = (Math.imul(kept, 31) + i) | 0;
      return { output: input.map((byte) => ${output}), computeNs: (performance.now() - begin) * 1e6 };
    };
    const variant = (id) => ({ id, summary: id, workloads: ['doubling'], blocksEventLoop: true });
    export const implementation = {
      id: 'burning',
      summary: 'takes processor time',
      traits: {
        toolchains: [], survivesNativeCrash: true, scalesIndependently: false,
        replaceableWithoutRestart: false, singleArtefact: true, runsCore: false,
      },
      variants: ${JSON.stringify(variants)}.map(variant),
      prepare: async () => ({ status: 'ready', artefacts: [] }),
      open: async () => ({ invoke, load: async () => {}, processes: () => [], close: async () => {} }),
    };`;
}
