/** The makers, all invented. Their ids are their places, counted from 1. */
export const demoBrands = [
  'Kupferhain',
  'Aldinval',
  'Marlowe & Teal',
  "Papiers d'Orlac",
  'Tramontane Nord',
  'Bellobosco',
  'Lumenor',
  'Hexaline',
  'Quintaro',
  'Brindelune',
  'Feldstern',
] as const;

export type BrandName = (typeof demoBrands)[number];

/** Where the shop buys; ids are places, counted from 1. `code` starts the supplier's own references. */
export const demoSuppliers = [
  { name: 'Grossiste Val de Saône', code: 'GVS' },
  { name: 'Handelskontor Nordmark', code: 'HKN' },
  { name: 'Distribuciones Levante', code: 'DLV' },
  { name: 'Emporio Padano', code: 'EMP' },
] as const;

export type SupplierCode = (typeof demoSuppliers)[number]['code'];
