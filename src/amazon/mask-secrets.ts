// Amazon's own tokens and secrets by their prefixes, and what signs a document link.
const KNOWN_FORMS =
  /\b(?:Atza|Atzr|Atc)\|[^\s"'<>&]+|\bamzn1\.oa2-cs\.[^\s"'<>&]+|\b(?:X-Amz-[A-Za-z-]+|Signature)=[^\s"'<>&]+/g;

/**
 * Takes secrets out of a text that came from outside, before it becomes part of an error or a log line.
 *
 * @param secrets exact values to remove beside Amazon's known forms; empty ones are ignored
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const known = text.replace(KNOWN_FORMS, '[secret]');
  return secrets
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), known);
}
