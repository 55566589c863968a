/** `2001-02-03` or `2001/02/03`, then perhaps a time of day to the minute or finer, then perhaps a zone. */
const pattern =
  /^(\d{4})([-/])(\d\d)\2(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?)?\s?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Reads a date, with or without a time of day, in milliseconds since 1970. Without a zone it is UTC, so that a file
 * means the same on every machine. `undefined` for text of another form and for days and times that do not exist.
 */
export function parseDate(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, , month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const colonZone = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const withoutZone = Date.parse(`${local}Z`);
  const isReal = !Number.isNaN(withoutZone) && new Date(withoutZone).toISOString().startsWith(local);
  const ms = Date.parse(`${local}${colonZone}`) + Number(`0${fraction}`) * 1000;
  return isReal && !Number.isNaN(ms) ? ms : undefined;
}
