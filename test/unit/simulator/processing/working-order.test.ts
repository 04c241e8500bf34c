import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryKind } from '../../../../src/simulator/processing/inventory-message.js';
import type { FeedMessage } from '../../../../src/simulator/processing/read-feed-document.js';
import { inWorkingOrder, type MessageInTurn } from '../../../../src/simulator/processing/working-order.js';
import { XmlNode } from '../../../../src/simulator/processing/xml-node.js';
import { seededRandom } from '../../../../src/simulator/random-source.js';

function message(at: number, sku: string): FeedMessage {
  const payload = new XmlNode('Inventory', {});
  payload.children.push(Object.assign(new XmlNode('SKU', {}), { text: sku }));
  return { kind: 'message', messageId: String(at + 1), operation: 'Update', payload, line: 1 };
}

async function order(skus: readonly string[], seed = 'one'): Promise<readonly MessageInTurn[]> {
  const counts = new Map<string, number>();
  for (const sku of skus) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  const repeated = new Map([...counts].filter(([, count]) => count > 1));
  const events = (async function* () {
    yield* skus.map((sku, at) => message(at, sku));
  })();
  const turns: MessageInTurn[] = [];
  for await (const turn of inWorkingOrder(events, { kind: inventoryKind, repeated, chance: seededRandom(seed) }))
    turns.push(turn);
  return turns;
}

const idsOf = (turns: readonly MessageInTurn[]) => turns.map(({ message: { messageId } }) => messageId);

describe('The working order of messages', () => {
  it('loses and doubles nothing, keeps single SKUs as written, and is the same each time', async () => {
    const skus = fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(skus, async (list) => {
        const ids = idsOf(await order(list));
        expect([...ids].sort()).toEqual(list.map((_, at) => String(at + 1)).sort());
        expect(idsOf(await order(list))).toEqual(ids);
        const single = ids.filter((id) => list.filter((sku) => sku === list[Number(id) - 1]).length === 1);
        expect(single).toEqual([...single].sort((one, other) => Number(one) - Number(other)));
      }),
    );
  });

  it('of one SKU differs from seed to seed', async () => {
    const same = Array.from({ length: 5 }, () => 'A');
    const orders = await Promise.all(['a', 'b', 'c', 'd'].map(async (seed) => idsOf(await order(same, seed)).join()));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('marks a message only when the one just before it says the same', async () => {
    const turns = await order(['A', 'A', 'A', 'B']);
    const marks = turns.map((turn) => [turn.message.payload?.textAt('SKU'), turn.sameAsBefore]);
    expect(marks).toEqual([
      ['A', false],
      ['A', true],
      ['A', true],
      ['B', false],
    ]);
  });
});
