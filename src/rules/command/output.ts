import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What a reader that has seen enough, such as `head`, makes of a stream. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Writes all pieces, as fast as they are taken, until all are. That nobody reads them is no error. */
export async function write(stream: Writable, pieces: Iterable<string>): Promise<void> {
  // A stream also shouts its errors, and they would end the process; here they come back from what failed.
  stream.on('error', () => undefined);
  try {
    await pipeline(Readable.from(pieces), stream, { end: false });
    await flush(stream);
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function flush(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write('', (error) => (error ? reject(error) : resolve()));
  });
}
