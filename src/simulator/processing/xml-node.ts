/** One element of an incoming message. Text of elements that have children is of no use to any feed and is dropped. */
export class XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[] = [];
  text = '';

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.name = name;
    this.attributes = attributes;
  }

  /** The first child of that name. */
  child(name: string): XmlNode | undefined {
    return this.children.find((one) => one.name === name);
  }

  /** The trimmed text of a descendant, each step by name; undefined when a step is missing. */
  textAt(...path: readonly string[]): string | undefined {
    const [name, ...rest] = path;
    if (name === undefined) return this.text.trim();
    return this.child(name)?.textAt(...rest);
  }

  /** The same tree as plain text, to tell whether two messages say the same. */
  toText(): string {
    return JSON.stringify([
      this.name,
      this.attributes,
      this.children.length > 0 ? this.childTexts() : this.text.trim(),
    ]);
  }

  private childTexts(): string[] {
    return this.children.map((one) => one.toText());
  }
}
