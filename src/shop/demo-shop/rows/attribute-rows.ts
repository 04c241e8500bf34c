import type { PlacedProduct } from '../demo-catalogue.js';
import { attributeGroups } from '../words/attribute-groups.js';
import { textAt } from '../words/localized.js';
import { type DemoTables, flag } from './demo-row.js';
import { languagePlaces } from './language-rows.js';

/** "colour/NVY" → id of the attribute. */
export type AttributeIds = ReadonlyMap<string, number>;

/** Numbers every value of every group. */
export function placeAttributes(): AttributeIds {
  const keys = attributeGroups.flatMap((group) => group.values.map((value) => attributeKey(group.key, value.code)));
  return new Map(keys.map((key, index) => [key, index + 1]));
}

/**
 * The id of one value of one group.
 *
 * @throws Error when the tables of the demo catalogue name a value that does not exist
 */
function attributeId(ids: AttributeIds, group: string, code: string): number {
  const id = ids.get(attributeKey(group, code));
  if (id === undefined)
    throw new Error(`Expected the value ${code} in the attribute group ${group} of the demo catalogue, found none.`);
  return id;
}

/** Rows of ps_attribute_group and ps_attribute with their texts, and which values make which combination. */
export function attributeRows(ids: AttributeIds, products: readonly PlacedProduct[]): DemoTables {
  return {
    ...groupRows(),
    ...valueRows(ids),
    product_attribute_combination: products.flatMap((product) =>
      product.combinations.flatMap((combination, at) =>
        combination.values.map((value) => ({
          id_attribute: attributeId(ids, value.group, value.code),
          id_product_attribute: product.combinationIds[at] ?? 0,
        })),
      ),
    ),
  };
}

function groupRows(): DemoTables {
  return {
    attribute_group: attributeGroups.map((group, at) => ({
      id_attribute_group: at + 1,
      is_color_group: flag(group.type === 'color'),
      group_type: group.type,
      position: at,
    })),
    attribute_group_lang: attributeGroups.flatMap((group, index) =>
      languagePlaces.map(({ languageId, at }) => ({
        id_attribute_group: index + 1,
        id_lang: languageId,
        name: textAt(group.internalName, at),
        public_name: textAt(group.name, at),
      })),
    ),
  };
}

function valueRows(ids: AttributeIds): DemoTables {
  const values = attributeGroups.flatMap((group, at) =>
    group.values.map((value, position) => ({
      value,
      position,
      groupId: at + 1,
      id: attributeId(ids, group.key, value.code),
    })),
  );
  return {
    attribute: values.map(({ id, groupId, value, position }) => ({
      id_attribute: id,
      id_attribute_group: groupId,
      color: value.colour,
      position,
    })),
    attribute_lang: values.flatMap(({ id, value }) =>
      languagePlaces.map(({ languageId, at }) => ({
        id_attribute: id,
        id_lang: languageId,
        name: textAt(value.name, at),
      })),
    ),
  };
}

function attributeKey(group: string, code: string): string {
  return `${group}/${code}`;
}
