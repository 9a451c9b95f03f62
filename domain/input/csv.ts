/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[\s]*[=+\-@|\t\r]/;

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // A leading apostrophe makes a spreadsheet show the text and compute nothing.
  const guarded = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Rows as CSV (RFC 4180), the first of them the heads of the columns; no cell is a formula to a spreadsheet. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
