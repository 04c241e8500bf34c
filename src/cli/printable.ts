/** A text without control characters, which a terminal would obey: each is shown as the sign for "not shown". */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
