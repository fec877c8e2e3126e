/** What no answer to a stranger may hold: where something stands in our code, a statement, or a path of this machine. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** As this checkout is named, and where it really lies. */
const paths = [...new Set([root, `${realpathSync(root)}/`])];
const inside = [/\bat .*:\d+:\d+/, /node_modules/i, /\bSELECT /i, /prisma/i, /stacktrace/i, /VipsJpeg/];

/** Empty where there is none. */
export function findLeaks(text: string): readonly string[] {
  return [...paths.filter((path) => text.includes(path)), ...inside.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])];
}
