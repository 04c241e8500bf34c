import type { FeedResult } from '../state/feed-store.js';

/** What a processing report says at its head. */
export interface ReportHead {
  readonly sellerId: string;
  /** The feed's id as clients know it. */
  readonly feedId: string;
  readonly processed: number;
  readonly successful: number;
  readonly withError: number;
  readonly withWarning: number;
}

/**
 * Writes a processing report in Amazon's form, piece by piece.
 *
 * @param results in the order of the report
 * @returns pieces of one XML document in UTF-8
 */
export async function* writeProcessingReport(
  head: ReportHead,
  results: AsyncIterable<FeedResult>,
): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
  <Header>
    <DocumentVersion>1.02</DocumentVersion>
    <MerchantIdentifier>${escapeXml(head.sellerId)}</MerchantIdentifier>
  </Header>
  <MessageType>ProcessingReport</MessageType>
  <Message>
    <MessageID>1</MessageID>
    <ProcessingReport>
      <DocumentTransactionID>${escapeXml(head.feedId)}</DocumentTransactionID>
      <StatusCode>Complete</StatusCode>
      <ProcessingSummary>
        <MessagesProcessed>${head.processed}</MessagesProcessed>
        <MessagesSuccessful>${head.successful}</MessagesSuccessful>
        <MessagesWithError>${head.withError}</MessagesWithError>
        <MessagesWithWarning>${head.withWarning}</MessagesWithWarning>
      </ProcessingSummary>
`;
  for await (const result of results) yield resultText(result);
  yield `    </ProcessingReport>
  </Message>
</AmazonEnvelope>
`;
}

function resultText({ messageId, result, code, description, sku }: FeedResult): string {
  const about =
    sku === null ? '' : `        <AdditionalInfo>\n          <SKU>${escapeXml(sku)}</SKU>\n        </AdditionalInfo>\n`;
  return `      <Result>
        <MessageID>${escapeXml(messageId)}</MessageID>
        <ResultCode>${result}</ResultCode>
        <ResultMessageCode>${code}</ResultMessageCode>
        <ResultDescription>${escapeXml(description)}</ResultDescription>
${about}      </Result>
`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
