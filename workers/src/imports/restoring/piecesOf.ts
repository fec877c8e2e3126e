/** Rows of a bundle in pieces, each for one statement. */
const rowsAtOnce = 1_000;

/** @param isNext whether a row starts another piece. */
export async function* piecesOf<Row>(
  all: AsyncIterable<Row>,
  isNext: (last: Row, row: Row) => boolean = () => false,
): AsyncGenerator<readonly Row[], void, undefined> {
  let rows: Row[] = [];
  for await (const row of all) {
    const last = rows.at(-1);
    if (rows.length === rowsAtOnce || (last !== undefined && isNext(last, row))) {
      yield rows;
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield rows;
}
