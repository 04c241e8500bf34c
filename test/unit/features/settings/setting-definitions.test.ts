import { describe, expect, it } from 'vitest';
import {
  definitionOf,
  settingDefinitions,
  settingNamed,
  settingNames,
} from '../../../../src/features/settings/setting-definitions.js';

describe('The settings', () => {
  it.each(settingNames)('%s: its default is a text of its kind, written the one way', (name) => {
    const { kind, default: initial } = definitionOf(name);
    expect(kind.print(kind.schema.parse(initial))).toBe(initial);
  });

  it('are named in kebab-case and described by a sentence', () => {
    for (const name of settingNames) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(definitionOf(name).description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('start with sending off, everything of the shop sold and only new items mapped', () => {
    expect(settingDefinitions.sending.default).toBe('off');
    expect(settingDefinitions.categories.kind.schema.parse(settingDefinitions.categories.default).size).toBe(0);
    expect([...settingDefinitions['condition-map'].kind.schema.parse('new=New')]).toEqual([['new', 'New']]);
  });

  it('are found by their exact name, and a slip of the hand is recognized', () => {
    expect(settingNamed('sku-source')).toBe('sku-source');
    expect(() => settingNamed('sku-sourse')).toThrow('There is no setting "sku-sourse". Did you mean sku-source?');
    expect(() => settingNamed('Roundin')).toThrow('Did you mean rounding?');
  });

  it('are all named where nothing comes near', () => {
    expect(() => settingNamed('colour-of-the-sky')).toThrow(/Expected one of sending, .*product-tax-code/);
    expect(() => settingNamed('')).toThrow('Expected one of');
  });
});
