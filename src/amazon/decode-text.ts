import { UnexpectedAnswer } from './amazon-errors.js';

/**
 * Reads the charset of a download from its Content-Type.
 *
 * @param contentType for example "text/plain; charset=Cp1252"; UTF-8 where it names none
 * @param host for the message
 * @returns the WHATWG name: "utf-8", "windows-1252", "shift_jis"
 * @throws UnexpectedAnswer for a charset that nobody knows
 */
export function charsetOf(contentType: string, host: string): string {
  const label = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    const received = `the unknown charset ${JSON.stringify(label.slice(0, 40))}`;
    throw new UnexpectedAnswer({ operation: 'downloadDocument', host, received, requestId: null }, { cause: error });
  }
}

/**
 * Decodes bytes to text, chunk by chunk; a byte order mark is left out, a byte that the charset lacks becomes U+FFFD.
 *
 * @param charset as `charsetOf` gives it, or as it was kept beside archived bytes
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, charset: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(charset);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
