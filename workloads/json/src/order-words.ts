/** Customers' given names, in several scripts. */
export const givenNames: readonly string[] = [
  'Anna',
  'Zoë',
  'José',
  'Łukasz',
  'Søren',
  'Amélie',
  'Jürgen',
  'Michael',
  'Grace',
  'Ольга',
  '美咲',
  'Priya',
];

/** Customers' surnames. */
export const surnames: readonly string[] = [
  'Müller',
  'García',
  'Nowak',
  'Jensen',
  'Lefèvre',
  'Smith',
  'O’Brien',
  'Иванова',
  '山田',
  'Patel',
  'Brown',
  'Øvergård',
];

/** Streets, without house numbers. */
export const streets: readonly string[] = [
  'Hauptstraße',
  'Rue de l’Église',
  'High Street',
  'Calle Mayor',
  'Długa',
  'Vestergade',
  'Station Road',
  'Lindenallee',
];

/** Cities with the code of their country. */
export const cities: readonly (readonly [city: string, country: string])[] = [
  ['Köln', 'DE'],
  ['Orléans', 'FR'],
  ['Leeds', 'GB'],
  ['Málaga', 'ES'],
  ['Łódź', 'PL'],
  ['Århus', 'DK'],
  ['Berlin', 'DE'],
];

/** Names of products. */
export const products: readonly string[] = [
  'Desk lamp "Lumen"',
  'Oak shelf, 80 cm',
  'Café table',
  'Wool blanket',
  'Steel kettle 1.7 l',
  'Door mat \\ outdoor',
  'Notebook A5',
  'Bücherstütze',
  'Tea set 🍵',
  'Garden chair',
  'Ceramic vase, Größe L',
  'Picture frame 30×40',
];

/** What customers wrote. */
export const notes: readonly string[] = [
  'Please leave the parcel with the neighbours.',
  'Bitte nicht knicken!\nDanke.',
  'Gift – no invoice in the box',
  '午前中にお願いします',
  'Ring twice; the bell is broken.',
];
