/** A text that a link carries, and the version of Kubernetes that it is for. */
export interface Shared {
  readonly text: string;
  readonly version?: string;
}

/** A link may come from anybody: it is unpacked to so many characters and no further. */
export const MAX_TEXT = 8 * 1024 * 1024;

/** The text in the fragment of an address, which no browser sends to a server. */
export async function toFragment({ text, version }: Shared): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const parameters = new URLSearchParams({ yaml: toBase64(bytes), ...(version ? { kubernetes: version } : {}) });
  return `#${parameters}`;
}

/** The text in a fragment; nothing where there is none. Throws where it cannot be read. */
export async function readFragment(fragment: string): Promise<Shared | undefined> {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const packed = parameters.get('yaml');
  if (packed === null) {
    return undefined;
  }
  const version = parameters.get('kubernetes') ?? undefined;
  return { text: await unpack(fromBase64(packed)), version };
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.pipeThrough(new TextDecoderStream('utf-8')).getReader();
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += piece.value;
    if (text.length > MAX_TEXT) {
      await reader.cancel();
      throw new Error('the text is too long');
    }
  }
  return text;
}

function toBase64(bytes: Uint8Array): string {
  const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(signs).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
