/**
 * Lines in a temporary file: an export reads the database once, in a short transaction, and then each table once for every format. The file
 * takes as much room as the table's JSON lines.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

export interface Spool {
  readonly rows: number;
  /** Of all lines. */
  readonly sha256: string;
  /** Each with its line break. Can be read several times. */
  lines(): AsyncIterable<string>;
}

/** Characters that are written together. */
const pieceLength = 1 << 18;

/** Writes lines that end with a line break and contain no other. */
export async function spoolLines(file: string, lines: AsyncIterable<string>): Promise<Spool> {
  const handle = await open(file, "w", 0o600);
  const hash = createHash("sha256");
  let rows = 0;
  try {
    let piece = "";
    const flush = async (): Promise<void> => {
      hash.update(piece);
      await handle.writeFile(piece);
      piece = "";
    };
    for await (const line of lines) {
      rows++;
      piece += line;
      if (piece.length >= pieceLength) await flush();
    }
    await flush();
  } finally {
    await handle.close();
  }
  return { rows, sha256: hash.digest("hex"), lines: () => readLines(file) };
}

/** The lines of a file, each with its line break. */
export async function* readLines(file: string): AsyncGenerator<string, void, undefined> {
  let rest = "";
  for await (const piece of createReadStream(file, { encoding: "utf8", highWaterMark: 1 << 18 }) as AsyncIterable<string>) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() as string;
    for (const line of lines) yield `${line}\n`;
  }
}
