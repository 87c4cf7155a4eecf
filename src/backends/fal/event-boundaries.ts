const newline = 10;

/**
 * Passes a stream on in pieces that end at line ends, whatever pieces it came in. A line end never lies within a UTF-8
 * character, so that a reader who decodes piece by piece, as the official client does, gets every character whole.
 */
export function atLineEnds(
  body: ReadableStream<Uint8Array>,
  onFailure: (error: unknown) => void,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  reader.closed.then(onEnd, onEnd);
  let held: Uint8Array = new Uint8Array();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            if (held.length > 0) controller.enqueue(held);
            controller.close();
            return;
          }
          const joined = Buffer.concat([held, value]);
          const end = joined.lastIndexOf(newline) + 1;
          held = joined.subarray(end);
          if (end > 0) {
            controller.enqueue(joined.subarray(0, end));
            return;
          }
        }
      } catch (error) {
        onFailure(error);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
