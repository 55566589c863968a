/**
 * The other half of `askFreshProcess`: this process answers the one message that it gets, and ends. It ends at once when whoever asked is
 * gone: nobody wants the answer then, and an implementation's server must not outlive it.
 */
export function answerOnce<Request, Reply>(
  work: (request: Request) => Promise<Reply>,
  failure: (error: unknown) => Reply,
): void {
  process.once('disconnect', () => process.exit(1));
  process.once('message', (request: Request) => {
    void work(request)
      .catch(failure)
      .then((reply) => process.send?.(reply, () => process.disconnect()));
  });
}
