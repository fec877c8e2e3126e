/** Writes rows with PostgreSQL's COPY, as fast as the server takes them. */
import pg from "pg";

/** What the driver's connection offers for COPY; its types leave it out. */
interface CopyConnection {
  readonly stream: { readonly writableNeedDrain: boolean; once(event: "drain", listener: () => void): void };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Null, or a value in COPY's text format. The rows contain no tab, line break or backslash but those of bytes. */
export type Cell = string | number | boolean | null;

const chunkLength = 1 << 20;

/** A table that is being filled, on a connection of its own. */
export class RowCopy {
  readonly #client: pg.Client;
  readonly #connection: CopyConnection;
  readonly #ended: Promise<void>;
  #text = "";

  private constructor(client: pg.Client, connection: CopyConnection, ended: Promise<void>) {
    this.#client = client;
    this.#connection = connection;
    this.#ended = ended;
  }

  /** Triggers and foreign keys do not see the rows, so the caller writes what they would. */
  static async open(url: string, table: string, columns: readonly string[]): Promise<RowCopy> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("SET session_replication_role = replica");
    const { connection } = client as unknown as { readonly connection: CopyConnection };
    let started = (): void => {};
    const isStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const ended = new Promise<void>((resolve, reject) => {
      client.query({
        submit: () => connection.query(`COPY "${table}" (${columns.map((name) => `"${name}"`).join(", ")}) FROM STDIN`),
        handleCopyInResponse: () => started(),
        handleCommandComplete() {},
        handleReadyForQuery: () => resolve(),
        handleError: (error: Error) => reject(error),
      } as unknown as pg.Submittable);
    });
    await Promise.race([isStarted, ended]);
    return new RowCopy(client, connection, ended);
  }

  add(...cells: readonly Cell[]): void {
    let line = "";
    for (const cell of cells) line += line === "" ? formatCell(cell) : `\t${formatCell(cell)}`;
    this.#text += `${line}\n`;
  }

  /** Sends what was added, once it is long enough. */
  async flush(least = chunkLength): Promise<void> {
    if (this.#text.length < least) return;
    this.#connection.sendCopyFromChunk(Buffer.from(this.#text));
    this.#text = "";
    const { stream } = this.#connection;
    if (stream.writableNeedDrain) await Promise.race([new Promise<void>((resolve) => stream.once("drain", resolve)), this.#ended]);
  }

  async close(): Promise<void> {
    await this.flush(1);
    this.#connection.endCopyFrom();
    await this.#ended;
    await this.#client.end();
  }
}

function formatCell(cell: Cell): string {
  if (cell === null) return "\\N";
  return typeof cell === "boolean" ? (cell ? "t" : "f") : `${cell}`;
}
