import type { SeedDay } from '../seed-day.js';
import { type BrandName, demoBrands, demoSuppliers, type SupplierCode } from '../words/brands.js';
import { type DemoTables, flag } from './demo-row.js';

/** 0 = no maker, as PrestaShop writes it. */
export function manufacturerId(brand: BrandName | null): number {
  return brand === null ? 0 : demoBrands.indexOf(brand) + 1;
}

export function supplierId(code: SupplierCode): number {
  return demoSuppliers.findIndex((one) => one.code === code) + 1;
}

/** Rows of ps_manufacturer and ps_supplier. */
export function brandRows(day: SeedDay): DemoTables {
  const dates = { date_add: day.dateTime(-700), date_upd: day.dateTime(-300), active: flag(true) };
  return {
    manufacturer: demoBrands.map((name, index) => ({ id_manufacturer: index + 1, name, ...dates })),
    supplier: demoSuppliers.map(({ name }, index) => ({ id_supplier: index + 1, name, ...dates })),
  };
}
