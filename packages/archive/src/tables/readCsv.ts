/** Reads CSV (RFC 4180) from a stream, row by row, in bounded memory. */
import { unreadable } from "../archiveFiles.ts";

/** Characters of one row. */
const maxRowLength = 4 * 2 ** 20;

/**
 * The rows in order, the header included.
 * @throws AppError CORRUPT_DATA for other bytes than UTF-8, a row that is too long, or an unfinished row.
 */
export async function* readCsv(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw unreadable(`"${name}" is not UTF-8`, cause);
    }
  };
  let rest = "";
  for await (const piece of pieces) {
    const text = rest + decode(piece);
    let from = 0;
    for (let end = endOfRow(text, from); end >= 0; end = endOfRow(text, from)) {
      yield cellsOf(text.slice(from, end - 2), name);
      from = end;
    }
    rest = text.slice(from);
    if (rest.length > maxRowLength) throw unreadable(`a row of "${name}" is longer than ${maxRowLength} characters`);
  }
  if (rest + decode() !== "") throw unreadable(`the last row of "${name}" has no end`);
}

/** Index after the line break that ends the row, which is outside quotes; -1 without one. */
function endOfRow(text: string, from: number): number {
  let quotes = 0;
  let counted = from;
  for (let at = text.indexOf("\r\n", from); at >= 0; at = text.indexOf("\r\n", at + 2)) {
    for (let quote = text.indexOf('"', counted); quote >= 0 && quote < at; quote = text.indexOf('"', quote + 1)) quotes++;
    counted = at;
    if (quotes % 2 === 0) return at + 2;
  }
  return -1;
}

function cellsOf(row: string, name: string): string[] {
  if (!row.includes('"')) return row.split(",");
  const cells: string[] = [];
  const quoted = /"((?:[^"]|"")*)"(,|$)/y;
  const plain = /([^",]*)(,|$)/y;
  for (let at = 0; ; ) {
    const pattern = row[at] === '"' ? quoted : plain;
    pattern.lastIndex = at;
    const found = pattern.exec(row);
    if (found === null) throw unreadable(`a row of "${name}" has a quotation mark in the wrong place`);
    cells.push((found[1] as string).replaceAll('""', '"'));
    if (found[2] === "") return cells;
    at = pattern.lastIndex;
  }
}
