import type { Db } from './open-database.js';

/**
 * Lets transactions that write the same rows go one after the other: whoever takes a turn has it until the transaction ends.
 *
 * Transactions that lock the same rows in different orders end in deadlocks on MariaDB. One that takes several turns takes *listings*
 * before *queue*, and each before it writes anything that others write under it.
 *
 * One statement that locks exclusively from its start: with INSERT IGNORE before the UPDATE, two at once would be a deadlock themselves.
 *
 * @param name of the turn: the key of a row in the table `sequence`
 * @param step what is added to the row's counter
 */
export async function takeTurn(transaction: Db, name: string, step: 0 | 1 = 0): Promise<void> {
  const value = transaction.raw('?? + ?', ['sequence.value', step]);
  await transaction('sequence').insert({ name, value: step }).onConflict('name').merge({ value });
}
