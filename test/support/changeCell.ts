/** Changes one column of one row of an export, one with a value if there is one. */

type Row = Readonly<Record<string, unknown>>;

/** The row whose change is tested, where the first one has nothing that another row could contradict. */
const special: Readonly<Record<string, (row: Row) => boolean>> = {
  "links.test_error": ({ iteration }) => iteration === 2,
  "models.test_error": ({ origin }) => origin === "chain",
  "links.model": ({ iteration }) => iteration === 2,
  "milestones.image": ({ level }) => level === 0,
};

function changeValue(value: unknown, others: readonly unknown[]): unknown {
  if (typeof value === "number")
    return value > 0.5 && value <= 1 && !Number.isInteger(value) ? value / 2 : Number.isInteger(value) ? value + 1 : value * 1.5 + 0.001;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value))
    return others.find((other) => other !== value && other !== null) ?? value.replace(/^./, (first) => (first === "0" ? "1" : "0"));
  if (typeof value === "string" && /^[A-Za-z0-9+/]+=*$/.test(value) && value.length % 4 === 0 && value.length > 8) {
    const bytes = Buffer.from(value, "base64");
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    return bytes.toString("base64");
  }
  if (typeof value === "string") return `${value}x`;
  if (Array.isArray(value)) return value.map((item, at) => (at === 0 ? changeValue(item, []) : item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, changeValue(item, [])]));
  return 1;
}

export function changeCell(rows: readonly Row[], name: string): readonly Row[] {
  const column = name.slice(name.indexOf(".") + 1);
  const isWanted = special[name] ?? (() => true);
  const found = rows.findIndex((row) => isWanted(row) && row[column] !== null);
  const at = found < 0 ? rows.findIndex(isWanted) : found;
  const others = rows.map((row) => row[column]);
  return rows.map((row, index) => (index === at ? { ...row, [column]: changeValue(row[column], others) } : row));
}
