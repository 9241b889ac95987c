import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The errors of a stream whose reader has seen enough, such as `head`. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Writes all pieces, as fast as they are taken, until all are. A reader that is gone is no error. */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  // A stream also shouts its errors, and they would end the process; here they come back from what failed.
  stream.on('error', () => undefined);
  try {
    await pipeline(Readable.from(pieces), stream, { end: false });
    await ensureFlushed(stream);
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function ensureFlushed(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write('', (error) => (error ? reject(error) : resolve()));
  });
}
