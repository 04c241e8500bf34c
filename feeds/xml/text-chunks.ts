/** A document as it comes: whole, as lines, or as the bytes of a file or an answer (UTF-8). */
export type DocumentChunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * Decodes the bytes of a document piece by piece; a character parted by two chunks stays whole.
 *
 * @param chunks texts pass through, bytes are read as UTF-8 (a byte order mark is left out, broken bytes become U+FFFD)
 */
export async function* textChunks(chunks: DocumentChunks): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
