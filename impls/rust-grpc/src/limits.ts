/** Every bound of this pattern, in one place. */
export interface Limits {
  /** Longest request and response in bytes; the server is started with the same bound. */
  readonly maxMessageBytes: number;
  /** How long a call may take, in milliseconds, before both sides give it up. */
  readonly callDeadlineMs: number;
  /** How long the server may take until it answers its health check, in milliseconds. */
  readonly startDeadlineMs: number;
  /** How long the server may take to end after it was asked to, in milliseconds, before it is killed. */
  readonly stopGraceMs: number;
}

/** The bounds of every session that the harness opens. */
export const defaultLimits: Limits = {
  // A JSON text at its limit of 256 MiB, and what travels with it. gRPC's own default of 4 MiB refuses a 5 MB picture.
  maxMessageBytes: 272 * 2 ** 20,
  callDeadlineMs: 60_000,
  startDeadlineMs: 10_000,
  // Longer than the server gives the calls that are under way.
  stopGraceMs: 4_000,
};

/** What a stream adds to a message at the most, in bytes: number, deadline, and the message's own tag and length. */
export const envelopeBytes = 32;

/**
 * HTTP/2 flow control: how many bytes of one response may be under way before this side has to answer. The protocol's
 * own 64 KiB cost a round trip each.
 */
export const flowControlWindowBytes = 16 * 2 ** 20;

/**
 * Most rows of a series in one message. protobufjs keeps one object for each element of a repeated field until the
 * message is finished, about 400 bytes a row: more rows than these would overflow V8's heap and end the process.
 */
export const maxSeriesRows = 4_000_000;

/** How long to wait for the news that the server has died when a connection to it breaks, in milliseconds. */
export const deathNoticeMs = 1_000;
