/** Conditions as XML feeds name them, with the numbers by which listings reports know them. */
const CONDITION_NUMBERS: Readonly<Record<string, string>> = {
  UsedLikeNew: '1',
  UsedVeryGood: '2',
  UsedGood: '3',
  UsedAcceptable: '4',
  CollectibleLikeNew: '5',
  CollectibleVeryGood: '6',
  CollectibleGood: '7',
  CollectibleAcceptable: '8',
  Club: '9',
  Refurbished: '10',
  New: '11',
  NewOpenBox: '11',
  NewOem: '11',
};

/** Tells whether a text is a condition that XML feeds know. */
export function isCondition(text: string): boolean {
  return Object.hasOwn(CONDITION_NUMBERS, text);
}

/** The number of a condition in listings reports; 11 is new. */
export function conditionNumber(condition: string): string {
  return CONDITION_NUMBERS[condition] ?? '11';
}
