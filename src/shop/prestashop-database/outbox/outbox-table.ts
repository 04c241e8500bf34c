/** The outbox's name without the shop's prefix. */
export const OUTBOX = 'feedbridge_outbox';

/**
 * The outbox: one row for each thing of the catalogue that changed, so that it is bounded by the catalogue also when nobody empties it.
 *
 * A row of it belongs to one row of the shop's tables (`part` tells the shop contexts apart), so that whoever waits for it would have waited for
 * that one as well. That is what makes the triggers harmless: a lock wait or a deadlock inside a trigger cannot be caught there, it fails the
 * shop's own statement (MariaDB 10.11, measured 2026-11). For the same reason it has no key but its primary one, whose rows are locked without the
 * gaps between them.
 */
export const OUTBOX_COLUMNS = [
  '`id_product` INT UNSIGNED NOT NULL',
  '`source` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL',
  '`id_product_attribute` INT UNSIGNED NOT NULL',
  '`part` INT NOT NULL',
  '`version` BIGINT UNSIGNED NOT NULL',
  '`first_at` DATETIME(3) NOT NULL',
  '`last_at` DATETIME(3) NOT NULL',
  'PRIMARY KEY (`id_product`, `source`, `id_product_attribute`, `part`)',
] as const;
