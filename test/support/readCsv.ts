/** Reads CSV (RFC 4180) for tests: rows as objects by the names in the first line. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") endCell();
    else if (!quoted && character === "\r" && text[at + 1] === "\n") {
      endCell();
      rows.push([]);
      at++;
    } else cell += character;
  }
  const [names, ...lines] = rows;
  return lines
    .filter((line) => line.length > 0)
    .map((line) => Object.fromEntries((names ?? []).map((name, index) => [name, line[index] ?? ""])));
}
