import type { Localized } from './localized.js';

/** What things are made of, as descriptions say it. */
export const materials = {
  steel: ['Acier inoxydable', 'Edelstahl', 'Stainless steel', 'Acero inoxidable', 'Acciaio inossidabile'],
  iron: [
    'Fonte émaillée',
    'Emailliertes Gusseisen',
    'Enamelled cast iron',
    'Hierro fundido esmaltado',
    'Ghisa smaltata',
  ],
  wood: ['Hêtre huilé', 'Geölte Buche', 'Oiled beech', 'Haya aceitada', 'Faggio oliato'],
  ceramic: ['Grès émaillé', 'Glasiertes Steinzeug', 'Glazed stoneware', 'Gres esmaltado', 'Gres smaltato'],
  glass: [
    'Verre borosilicate',
    'Borosilikatglas',
    'Borosilicate glass',
    'Vidrio de borosilicato',
    'Vetro borosilicato',
  ],
  cotton: ['Coton biologique', 'Bio-Baumwolle', 'Organic cotton', 'Algodón ecológico', 'Cotone biologico'],
  linen: ['Lin lavé', 'Gewaschenes Leinen', 'Washed linen', 'Lino lavado', 'Lino lavato'],
  wool: ['Laine mérinos', 'Merinowolle', 'Merino wool', 'Lana merina', 'Lana merino'],
  paper: [
    'Papier 100 g sans acide',
    'Säurefreies Papier, 100 g',
    'Acid-free paper, 100 gsm',
    'Papel sin ácido de 100 g',
    'Carta 100 g senza acidi',
  ],
  polyamide: [
    'Polyamide recyclé',
    'Recyceltes Polyamid',
    'Recycled polyamide',
    'Poliamida reciclada',
    'Poliammide riciclata',
  ],
  aluminium: [
    'Aluminium brossé',
    'Gebürstetes Aluminium',
    'Brushed aluminium',
    'Aluminio cepillado',
    'Alluminio spazzolato',
  ],
  plastic: ['ABS recyclé', 'Recyceltes ABS', 'Recycled ABS', 'ABS reciclado', 'ABS riciclato'],
  wax: ['Cire de soja', 'Sojawachs', 'Soy wax', 'Cera de soja', 'Cera di soia'],
  wicker: ['Osier tressé', 'Geflochtene Weide', 'Woven wicker', 'Mimbre trenzado', 'Vimini intrecciati'],
} as const satisfies Record<string, Localized>;

export type MaterialKey = keyof typeof materials;

/** Where things are made. */
export const origins = {
  fr: [
    'Fabriqué en France',
    'Hergestellt in Frankreich',
    'Made in France',
    'Fabricado en Francia',
    'Prodotto in Francia',
  ],
  de: [
    'Fabriqué en Allemagne',
    'Hergestellt in Deutschland',
    'Made in Germany',
    'Fabricado en Alemania',
    'Prodotto in Germania',
  ],
  pt: [
    'Fabriqué au Portugal',
    'Hergestellt in Portugal',
    'Made in Portugal',
    'Fabricado en Portugal',
    'Prodotto in Portogallo',
  ],
  it: ['Fabriqué en Italie', 'Hergestellt in Italien', 'Made in Italy', 'Fabricado en Italia', 'Prodotto in Italia'],
  eu: [
    'Fabriqué dans l’Union européenne',
    'Hergestellt in der Europäischen Union',
    'Made in the European Union',
    'Fabricado en la Unión Europea',
    'Prodotto nell’Unione europea',
  ],
} as const satisfies Record<string, Localized>;

export type OriginKey = keyof typeof origins;

/** Words around the facts of a description. */
export const descriptionWords = {
  material: ['Matière', 'Material', 'Material', 'Material', 'Materiale'],
  guarantee: ['Garantie 2 ans', '2 Jahre Garantie', '2-year guarantee', '2 años de garantía', 'Garanzia di 2 anni'],
  brand: ['Marque', 'Marke', 'Brand', 'Marca', 'Marca'],
} as const satisfies Record<string, Localized>;
