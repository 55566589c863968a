/**
 * The other half of a `Dialogue`: this process answers each message that it gets, and ends after the last, or after a failure. It ends at
 * once when whoever asked is gone: nobody wants the answer then, and an implementation's server must not outlive it.
 */
export function answerEach<Request, Reply>(
  work: (request: Request) => Promise<Reply>,
  failure: (error: unknown) => Reply,
  isLast: (request: Request) => boolean,
): void {
  process.once('disconnect', () => process.exit(1));
  process.on('message', (request: Request) => {
    void work(request).then(
      (reply) => process.send?.(reply, () => isLast(request) && process.disconnect()),
      (error) => process.send?.(failure(error), () => process.disconnect()),
    );
  });
}

/** The other half of `askFreshProcess`: answers the one message that it gets, and ends. */
export function answerOnce<Request, Reply>(
  work: (request: Request) => Promise<Reply>,
  failure: (error: unknown) => Reply,
): void {
  answerEach(work, failure, () => true);
}
