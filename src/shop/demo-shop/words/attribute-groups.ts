import { everywhere, type Localized } from './localized.js';

/** A value that combinations are made of; `code` ends the reference of the combination. */
export interface AttributeValue {
  readonly code: string;
  readonly name: Localized;
  /** "#1d3557" for colours, else empty. */
  readonly colour: string;
}

export interface AttributeGroup {
  readonly key: string;
  /** What customers read. */
  readonly name: Localized;
  /** What the shop's people read in lists, where two groups may have the same public name. */
  readonly internalName: Localized;
  readonly type: 'color' | 'select' | 'radio';
  readonly values: readonly AttributeValue[];
}

const plain = (code: string, text: string): AttributeValue => ({ code, name: everywhere(text), colour: '' });
const named = (code: string, ...name: Localized): AttributeValue => ({ code, name, colour: '' });
const colour = (code: string, hex: string, ...name: Localized): AttributeValue => ({ code, name, colour: hex });
/** Litres with the decimal sign of each language. */
const litres = (code: string, text: string): AttributeValue => {
  const comma = `${text.replace('.', ',')} l`;
  return { code, name: [comma, comma, `${text} l`, comma, comma], colour: '' };
};

const COLOUR: Localized = ['Couleur', 'Farbe', 'Colour', 'Color', 'Colore'];
const SIZE: Localized = ['Taille', 'Größe', 'Size', 'Talla', 'Taglia'];
const SOCK_SIZE: Localized = ['Pointure', 'Schuhgröße', 'Shoe size', 'Número', 'Numero'];
const DIMENSIONS: Localized = ['Dimensions', 'Maße', 'Dimensions', 'Medidas', 'Dimensioni'];
const LENGTH: Localized = ['Longueur', 'Länge', 'Length', 'Longitud', 'Lunghezza'];
const CAPACITY: Localized = ['Contenance', 'Inhalt', 'Capacity', 'Capacidad', 'Capacità'];

/** Every group in the order of its position, which is also the order of the values in a combination's name. */
export const attributeGroups: readonly AttributeGroup[] = [
  {
    key: 'size',
    name: SIZE,
    internalName: SIZE,
    type: 'select',
    values: [plain('S', 'S'), plain('M', 'M'), plain('L', 'L'), plain('XL', 'XL'), plain('XXL', 'XXL')],
  },
  {
    key: 'sock-size',
    name: SOCK_SIZE,
    internalName: SOCK_SIZE,
    type: 'select',
    values: [plain('3638', '36–38'), plain('3942', '39–42'), plain('4346', '43–46')],
  },
  {
    key: 'dimensions',
    name: DIMENSIONS,
    internalName: DIMENSIONS,
    type: 'select',
    values: [
      plain('4040', '40 × 40 cm'),
      plain('5050', '50 × 50 cm'),
      plain('50100', '50 × 100 cm'),
      plain('70140', '70 × 140 cm'),
      plain('140200', '140 × 200 cm'),
      plain('240220', '240 × 220 cm'),
    ],
  },
  {
    key: 'diameter',
    name: ['Diamètre', 'Durchmesser', 'Diameter', 'Diámetro', 'Diametro'],
    internalName: ['Diamètre', 'Durchmesser', 'Diameter', 'Diámetro', 'Diametro'],
    type: 'radio',
    values: [
      plain('D16', '16 cm'),
      plain('D18', '18 cm'),
      plain('D20', '20 cm'),
      plain('D24', '24 cm'),
      plain('D28', '28 cm'),
    ],
  },
  {
    key: 'blade',
    name: LENGTH,
    internalName: ['Longueur de lame', 'Klingenlänge', 'Blade length', 'Longitud de hoja', 'Lunghezza della lama'],
    type: 'radio',
    values: [plain('L16', '16 cm'), plain('L20', '20 cm'), plain('L24', '24 cm')],
  },
  {
    key: 'cable',
    name: LENGTH,
    internalName: ['Longueur de câble', 'Kabellänge', 'Cable length', 'Longitud de cable', 'Lunghezza del cavo'],
    type: 'radio',
    values: [plain('1M', '1 m'), plain('2M', '2 m'), plain('3M', '3 m')],
  },
  {
    key: 'capacity',
    name: CAPACITY,
    internalName: CAPACITY,
    type: 'radio',
    values: [litres('05L', '0.5'), litres('08L', '0.8'), litres('1L', '1'), litres('12L', '1.2'), litres('2L', '2')],
  },
  {
    key: 'charge',
    name: ['Capacité', 'Kapazität', 'Capacity', 'Capacidad', 'Capacità'],
    internalName: [
      'Capacité de batterie',
      'Akkukapazität',
      'Battery capacity',
      'Capacidad de batería',
      'Capacità della batteria',
    ],
    type: 'radio',
    values: [plain('10K', '10 000 mAh'), plain('20K', '20 000 mAh')],
  },
  {
    key: 'format',
    name: ['Format', 'Format', 'Format', 'Formato', 'Formato'],
    internalName: ['Format papier', 'Papierformat', 'Paper format', 'Formato de papel', 'Formato carta'],
    type: 'radio',
    values: [plain('A5', 'A5'), plain('A4', 'A4'), plain('A3', 'A3')],
  },
  {
    key: 'ruling',
    name: ['Réglure', 'Lineatur', 'Ruling', 'Pauta', 'Rigatura'],
    internalName: ['Réglure', 'Lineatur', 'Ruling', 'Pauta', 'Rigatura'],
    type: 'select',
    values: [
      named('LIN', 'Ligné', 'Liniert', 'Lined', 'Rayado', 'A righe'),
      named('SQU', 'Quadrillé', 'Kariert', 'Squared', 'Cuadriculado', 'A quadretti'),
      named('DOT', 'Pointillé', 'Punktraster', 'Dotted', 'Punteado', 'Puntinato'),
      named('PLN', 'Uni', 'Blanko', 'Plain', 'Liso', 'Bianco'),
    ],
  },
  {
    key: 'nib',
    name: ['Plume', 'Feder', 'Nib', 'Plumín', 'Pennino'],
    internalName: ['Plume', 'Feder', 'Nib', 'Plumín', 'Pennino'],
    type: 'radio',
    values: [
      named('F', 'Fine', 'Fein', 'Fine', 'Fino', 'Fine'),
      named('M', 'Moyenne', 'Mittel', 'Medium', 'Medio', 'Medio'),
      named('B', 'Large', 'Breit', 'Broad', 'Grueso', 'Largo'),
    ],
  },
  {
    key: 'scent',
    name: ['Parfum', 'Duft', 'Scent', 'Aroma', 'Profumo'],
    internalName: ['Parfum', 'Duft', 'Scent', 'Aroma', 'Profumo'],
    type: 'select',
    values: [
      named('FIG', 'Figuier', 'Feige', 'Fig', 'Higuera', 'Fico'),
      named('CED', 'Cèdre', 'Zeder', 'Cedar', 'Cedro', 'Cedro'),
      named('LAV', 'Lavande', 'Lavendel', 'Lavender', 'Lavanda', 'Lavanda'),
      named('ORA', 'Fleur d’oranger', 'Orangenblüte', 'Orange blossom', 'Azahar', 'Fiori d’arancio'),
    ],
  },
  {
    key: 'plug',
    name: ['Prise', 'Stecker', 'Plug', 'Enchufe', 'Spina'],
    internalName: ['Prise', 'Stecker', 'Plug', 'Enchufe', 'Spina'],
    type: 'radio',
    values: [
      named('EU', 'Europe', 'Europa', 'Europe', 'Europa', 'Europa'),
      named('UK', 'Royaume-Uni', 'Großbritannien', 'United Kingdom', 'Reino Unido', 'Regno Unito'),
    ],
  },
  {
    key: 'colour',
    name: COLOUR,
    internalName: COLOUR,
    type: 'color',
    values: [
      colour('BLK', '#1b1b1e', 'Noir', 'Schwarz', 'Black', 'Negro', 'Nero'),
      colour('WHT', '#fafaf7', 'Blanc', 'Weiß', 'White', 'Blanco', 'Bianco'),
      colour('GRY', '#8d949b', 'Gris', 'Grau', 'Grey', 'Gris', 'Grigio'),
      colour('NVY', '#1d3557', 'Bleu marine', 'Marineblau', 'Navy', 'Azul marino', 'Blu navy'),
      colour('GRN', '#2f5d50', 'Vert sapin', 'Tannengrün', 'Forest green', 'Verde bosque', 'Verde bosco'),
      colour('TER', '#c4623f', 'Terracotta', 'Terrakotta', 'Terracotta', 'Terracota', 'Terracotta'),
      colour('SND', '#d9c7a3', 'Sable', 'Sand', 'Sand', 'Arena', 'Sabbia'),
      colour('RED', '#b3262e', 'Rouge', 'Rot', 'Red', 'Rojo', 'Rosso'),
      colour('OCH', '#cc8b2c', 'Ocre', 'Ocker', 'Ochre', 'Ocre', 'Ocra'),
      colour('SKY', '#8fb8d8', 'Bleu ciel', 'Himmelblau', 'Sky blue', 'Celeste', 'Celeste'),
    ],
  },
];
