import { textChunks } from '../../../../feeds/xml/text-chunks.js';
import { escapeText } from '../../../../feeds/xml/write-xml.js';
import type { Archive } from '../../reports/archive.js';
import { CompressedTextFile } from '../../reports/compressed-text-file.js';
import type { FilledDocument, RenderedDocument } from './run-documents.js';

/** So much text is handed to the disk at once. */
const DRAIN_CHARACTERS = 1024 * 1024;

const MESSAGE_START = /^<Message><MessageID>\d+<\/MessageID>/;

/**
 * Takes the messages of some SKUs out of a document that is closed and not sent: its file is written anew without them, in constant memory.
 *
 * The file keeps its place: the new one replaces it when it is whole.
 *
 * @returns the document without them, its messages counted from 1 again; null when none is left, and then its file is gone
 */
export async function leaveOut(
  filled: FilledDocument,
  skus: ReadonlySet<string>,
  archive: Archive,
): Promise<FilledDocument | null> {
  const handovers = filled.handovers.filter((one) => !skus.has(one.sku));
  const { path } = filled.document;
  if (handovers.length === 0) {
    await archive.remove(path);
    return null;
  }
  const draft = `${path}.draft`;
  const figures = await writeWithout(skus, { from: path, to: draft, archive });
  await archive.replace(path, { by: draft });
  const graveNotes = filled.graveNotes.filter(({ change }) => !skus.has(change.sku));
  return { ...filled, document: withFigures(filled.document, figures), handovers, graveNotes };
}

function withFigures(
  { marketplaceId, kind, messageType, feedType, path }: RenderedDocument,
  figures: Pick<RenderedDocument, 'messages' | 'bytes'>,
): RenderedDocument {
  return { marketplaceId, kind, messageType, feedType, path, ...figures };
}

async function writeWithout(
  skus: ReadonlySet<string>,
  { from, to, archive }: { from: string; to: string; archive: Archive },
): Promise<{ readonly messages: number; readonly bytes: number }> {
  const unwanted = new Set([...skus].map(escapeText));
  const file = new CompressedTextFile(archive.absolute(to));
  let messages = 0;
  let pending = 0;
  // A text inside a message may hold line ends: what follows belongs to the message before.
  let isLeftOut = false;
  for await (const line of linesOf(await archive.open(from))) {
    if (MESSAGE_START.test(line)) {
      isLeftOut = unwanted.has(/<SKU>([^<]*)<\/SKU>/.exec(line)?.[1] ?? '');
      if (!isLeftOut) messages += 1;
    } else if (line.startsWith('</AmazonEnvelope>')) isLeftOut = false;
    if (isLeftOut) continue;
    file.append(line.replace(MESSAGE_START, `<Message><MessageID>${messages}</MessageID>`));
    pending += line.length;
    if (pending < DRAIN_CHARACTERS) continue;
    await file.drain();
    pending = 0;
  }
  await file.close();
  return { messages, bytes: file.bytes };
}

/** The lines of a file, each with its end; only a line feed ends one. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of textChunks(chunks)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield `${line}\n`;
  }
  if (rest !== '') yield rest;
}
