/** Under which text values that wait are counted by product: products of two shops may have one number. */
export function waitingKey(shopId: number, productId: number): string {
  return `${shopId}/${productId}`;
}
