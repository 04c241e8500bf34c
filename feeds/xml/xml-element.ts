/**
 * One element of a message as a plain object: a name, attributes, and either child elements in schema order or a text.
 *
 * `content` is a text (unescaped, possibly empty) or the list of children.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

/**
 * Makes an element that holds a text.
 *
 * @param text unescaped; escaping belongs to the writer
 */
export function textElement(name: string, text: string): XmlElement {
  return { name, content: text };
}

/** Makes an element that holds other elements, in the order given. */
export function parentElement(name: string, children: readonly XmlElement[]): XmlElement {
  return { name, content: children };
}

/**
 * Makes an amount with its currency, such as `<SalePrice currency="EUR">24.90</SalePrice>`.
 *
 * @param amount a decimal text with a point
 * @param currency ISO 4217
 */
export function amountElement(name: string, amount: string, currency: string): XmlElement {
  return { name, attributes: { currency }, content: amount };
}
