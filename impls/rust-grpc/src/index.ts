import { ImplementationError } from '@crossover/contract/error';
import type { Implementation, Variant } from '@crossover/contract/implementation';
import { openChannel } from './channel.js';
import { prepare } from './prepare.js';
import { openSession, type Route } from './session.js';
import { StreamTransport } from './stream-transport.js';
import type { Connect } from './transport.js';
import { UnaryTransport } from './unary-transport.js';

const workloads = ['json', 'image', 'time-series', 'echo'];

const unary: Connect = (target, maxMessageBytes) => new UnaryTransport(openChannel(target, maxMessageBytes));
const stream: Connect = (target, maxMessageBytes) => new StreamTransport(target, maxMessageBytes);

const routes: Readonly<Record<string, Route & { readonly summary: string }>> = {
  'unary-tcp': {
    summary: 'One unary call per operation over TCP on loopback.',
    listen: 'tcp',
    connect: unary,
  },
  'unary-uds': {
    summary: 'One unary call per operation over a Unix socket.',
    listen: 'unix',
    connect: unary,
  },
  'stream-uds': {
    summary: 'All operations on one bidirectional stream over a Unix socket.',
    listen: 'unix',
    connect: stream,
  },
  'unary-uds-bytes': {
    summary: 'As unary-uds, with each column of a series as one field of bytes.',
    listen: 'unix',
    connect: unary,
    columns: 'bytes',
  },
  'stream-uds-bytes': {
    summary: 'As stream-uds, with each column of a series as one field of bytes.',
    listen: 'unix',
    connect: stream,
    columns: 'bytes',
  },
};

/** The Rust core in a process of its own, reached over gRPC. */
export const implementation: Implementation = {
  id: 'rust-grpc',
  summary: 'The Rust core in a server process (tonic), called over gRPC with typed messages (grpc-js).',
  traits: {
    toolchains: ['rust'],
    survivesNativeCrash: true,
    scalesIndependently: true,
    replaceableWithoutRestart: true,
    singleArtefact: false,
    runsCore: true,
  },
  variants: Object.entries(routes).map(
    ([id, { summary, columns }]): Variant => ({
      id,
      summary,
      workloads: columns === 'bytes' ? ['time-series'] : workloads,
      blocksEventLoop: false,
    }),
  ),
  prepare,
  async open(variant) {
    const route = routes[variant];
    if (route === undefined) {
      throw new ImplementationError(
        `rust-grpc has no variant "${variant}"`,
        `use one of: ${Object.keys(routes).join(', ')}`,
      );
    }
    return openSession(route);
  },
};
