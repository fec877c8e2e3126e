/** Filters a result with jq, compiled to WebAssembly: loaded only when `--jq` is given. */
import { CliError } from "../failure.ts";

interface Jq {
  raw(input: string, filter: string, flags: string[]): Promise<string>;
}

async function loadJq(): Promise<Jq> {
  const loaded = (await import("jq-wasm")) as unknown as Jq & { readonly default?: Jq };
  return loaded.default ?? loaded;
}

/** Texts as they are, other values as JSON on a line each, as `jq --raw-output --compact-output` writes them. */
export async function filterJson(value: unknown, filter: string): Promise<string> {
  const { raw } = await loadJq();
  try {
    const text = await raw(JSON.stringify(value), filter, ["-r", "-c"]);
    return text === "" || text.endsWith("\n") ? text : `${text}\n`;
  } catch (error) {
    const [line = ""] = String((error as Error).message)
      .replaceAll(/^(jq: )?(error|Error)(:| )\s*/g, "")
      .split("\n");
    throw new CliError("usage", `The filter of --jq does not work: ${line.trim()}`);
  }
}
