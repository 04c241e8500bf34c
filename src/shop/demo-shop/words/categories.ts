import type { Localized } from './localized.js';

/** A category of the demo shop below *Home*; `children` make the tree. */
export interface DemoCategory {
  readonly key: string;
  readonly name: Localized;
  readonly active: boolean;
  readonly children: readonly DemoCategory[];
}

const category = (key: string, name: Localized, children: readonly DemoCategory[] = []): DemoCategory => ({
  key,
  name,
  active: true,
  children,
});

const kitchen = category(
  'kitchen',
  ['Cuisine', 'Küche', 'Kitchen', 'Cocina', 'Cucina'],
  [
    category(
      'cookware',
      ['Cuisson', 'Kochgeschirr', 'Cookware', 'Cocción', 'Cottura'],
      [
        category('pans', ['Poêles', 'Pfannen', 'Frying pans', 'Sartenes', 'Padelle']),
        category('pots', ['Casseroles', 'Töpfe', 'Saucepans', 'Cazos', 'Casseruole']),
      ],
    ),
    category('preparation', ['Préparation', 'Vorbereitung', 'Preparation', 'Preparación', 'Preparazione']),
    category(
      'tableware',
      ['Art de la table', 'Gedeckter Tisch', 'Tableware', 'Menaje de mesa', 'Tavola'],
      [category('tea-coffee', ['Thé et café', 'Tee und Kaffee', 'Tea and coffee', 'Té y café', 'Tè e caffè'])],
    ),
    category('food-storage', ['Conservation', 'Aufbewahrung', 'Food storage', 'Conservación', 'Conservazione']),
    category('kitchen-linen', [
      'Linge de cuisine',
      'Küchentextilien',
      'Kitchen linen',
      'Textil de cocina',
      'Tessili da cucina',
    ]),
  ],
);

const stationery = category(
  'stationery',
  ['Papeterie', 'Schreibwaren', 'Stationery', 'Papelería', 'Cartoleria'],
  [
    category(
      'paper',
      ['Carnets et papier', 'Hefte und Papier', 'Notebooks and paper', 'Cuadernos y papel', 'Quaderni e carta'],
      [
        category('drawing', ['Dessin', 'Zeichnen', 'Drawing', 'Dibujo', 'Disegno']),
        category('cards', ['Cartes', 'Karten', 'Cards', 'Tarjetas', 'Biglietti']),
      ],
    ),
    category(
      'writing',
      ['Écriture', 'Schreiben', 'Writing', 'Escritura', 'Scrittura'],
      [category('inks', ['Encres', 'Tinten', 'Inks', 'Tintas', 'Inchiostri'])],
    ),
    category('desk', ['Bureau', 'Schreibtisch', 'Desk', 'Escritorio', 'Scrivania']),
    category('books', ['Livres', 'Bücher', 'Books', 'Libros', 'Libri']),
  ],
);

const outdoor = category(
  'outdoor',
  ['Plein air', 'Draußen', 'Outdoor', 'Aire libre', 'All’aperto'],
  [
    category(
      'clothing',
      ['Vêtements', 'Bekleidung', 'Clothing', 'Ropa', 'Abbigliamento'],
      [
        category('jackets', ['Vestes', 'Jacken', 'Jackets', 'Chaquetas', 'Giacche']),
        category('base-layers', [
          'Sous-vêtements techniques',
          'Funktionswäsche',
          'Base layers',
          'Primeras capas',
          'Intimo tecnico',
        ]),
        category('socks', ['Chaussettes', 'Socken', 'Socks', 'Calcetines', 'Calze']),
      ],
    ),
    category('camping', ['Camping', 'Camping', 'Camping', 'Acampada', 'Campeggio']),
    category('hiking', ['Randonnée', 'Wandern', 'Hiking', 'Senderismo', 'Escursionismo']),
    category('cycling', ['Vélo', 'Fahrrad', 'Cycling', 'Ciclismo', 'Bicicletta']),
  ],
);

const living = category(
  'living',
  ['Maison', 'Wohnen', 'Home', 'Hogar', 'Casa'],
  [
    category('lighting', ['Luminaires', 'Leuchten', 'Lighting', 'Iluminación', 'Illuminazione']),
    category(
      'textiles',
      ['Textiles', 'Textilien', 'Textiles', 'Textiles', 'Tessili'],
      [
        category('cushions', [
          'Coussins et plaids',
          'Kissen und Plaids',
          'Cushions and throws',
          'Cojines y plaids',
          'Cuscini e plaid',
        ]),
        category('bedding', ['Linge de lit', 'Bettwäsche', 'Bed linen', 'Ropa de cama', 'Biancheria da letto']),
        category('bath', ['Bain', 'Bad', 'Bath', 'Baño', 'Bagno']),
      ],
    ),
    category('decoration', ['Décoration', 'Dekoration', 'Decoration', 'Decoración', 'Decorazione']),
    category('tidying', ['Rangement', 'Ordnung', 'Storage', 'Orden', 'Ordine']),
  ],
);

const electronics = category(
  'electronics',
  ['Électronique', 'Elektronik', 'Electronics', 'Electrónica', 'Elettronica'],
  [
    category('audio', ['Audio', 'Audio', 'Audio', 'Audio', 'Audio']),
    category('charging', ['Recharge', 'Laden', 'Charging', 'Carga', 'Ricarica']),
    category('appliances', [
      'Petit électroménager',
      'Kleingeräte',
      'Small appliances',
      'Pequeños electrodomésticos',
      'Piccoli elettrodomestici',
    ]),
  ],
);

/** The departments, each with its tree. The last one is switched off, as shops keep them. */
export const demoCategories: readonly DemoCategory[] = [
  kitchen,
  stationery,
  outdoor,
  living,
  electronics,
  { key: 'archive', name: ['Archives', 'Archiv', 'Archive', 'Archivo', 'Archivio'], active: false, children: [] },
];

/** The root of all trees and the visible start, with the ids that PrestaShop gives them. */
export const ROOT_CATEGORY = { id: 1, name: ['Racine', 'Wurzel', 'Root', 'Raíz', 'Radice'] as Localized };
export const HOME_CATEGORY = { id: 2, name: ['Accueil', 'Startseite', 'Home', 'Inicio', 'Home'] as Localized };
