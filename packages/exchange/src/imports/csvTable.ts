/** Reads a CSV table of another program: RFC 4180, with line breaks of any kind, and a byte order mark. */
import { importLimits, quote, unreadable } from "./foreignData.ts";
import { checkHeader, type ForeignCell, type ForeignTable } from "./foreignTable.ts";

/** Whether the bytes are text with a first line of at least two cells. */
export function isCsv(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64 * 1024)).toString("utf8");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such characters mean that the file is no text.
  // oxlint-disable-next-line no-control-regex -- as above
  return !/[\0-\x08\x0e-\x1f]/.test(head) && /^[^\r\n]*,/.test(head);
}

/** @throws AppError CORRUPT_DATA naming the row for other bytes than UTF-8, uneven rows and broken quotation marks. */
export function readCsvTable(bytes: Uint8Array): ForeignTable {
  if (bytes.length > importLimits.tableBytes)
    throw unreadable(`the table has ${bytes.length} bytes; the limit is ${importLimits.tableBytes}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable("the table is not UTF-8. Save it as CSV in UTF-8", cause);
  }
  const rows = rowsOf(text);
  const header = rows.next();
  if (header.done === true) throw unreadable("the table is empty");
  const names = header.value.map((name, index) => (name === "" ? `column ${index + 1}` : name));
  checkHeader(names);
  const columns = names.map((): ForeignCell[] => []);
  let count = 0;
  for (const cells of rows) {
    if (cells.length === 1 && cells[0] === "" && names.length > 1) continue;
    if (cells.length !== names.length) throw unreadable(`row ${count + 1} has ${cells.length} cells; the header has ${names.length}`);
    if (++count > importLimits.rows) throw unreadable(`it has more than ${importLimits.rows} rows`);
    for (const [index, cell] of cells.entries()) columns[index]?.push(cell === "" ? null : cell);
  }
  return { rows: count, columns: new Map(names.map((name, index) => [name, columns[index] as ForeignCell[]])) };
}

function* rowsOf(text: string): Generator<string[], void, undefined> {
  const plain = /[^",\r\n]*/y;
  const quoted = /(?:[^"]|"")*/y;
  let cells: string[] = [];
  let row = 0;
  for (let at = 0; at < text.length; ) {
    const isQuoted = text[at] === '"';
    const pattern = isQuoted ? quoted : plain;
    pattern.lastIndex = isQuoted ? at + 1 : at;
    const cell = pattern.exec(text)?.[0] ?? "";
    if (cell.length > importLimits.cell) throw unreadable(`a cell of row ${row} has more than ${importLimits.cell} characters`);
    cells.push(isQuoted ? cell.replaceAll('""', '"') : cell);
    if (cells.length > importLimits.columns) throw unreadable(`row ${row} has more than ${importLimits.columns} cells`);
    at = pattern.lastIndex;
    if (isQuoted) {
      if (text[at] !== '"') throw unreadable(`a quotation mark in row ${row} is not closed`);
      at++;
    }
    const next = text[at];
    if (next === ",") {
      at++;
      if (at === text.length) cells.push("");
      else continue;
    } else if (next === "\r" || next === "\n") at += next === "\r" && text[at + 1] === "\n" ? 2 : 1;
    else if (next !== undefined)
      throw unreadable(`row ${row} has a quotation mark in the wrong place, near ${quote(text.slice(at, at + 20))}`);
    yield cells;
    row++;
    cells = [];
  }
}
