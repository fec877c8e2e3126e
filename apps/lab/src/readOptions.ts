/** Parses command lines. Unknown or malformed options cause an error message and exit code 2. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** An invalid command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function readOptions<Config extends ParseArgsOptionsConfig>(options: Config, help: string) {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${help}`, { cause });
  }
}

export function readWhole(name: string, text: string | undefined, range: { fallback: number; minimum: number; maximum: number }): number {
  if (text === undefined) return range.fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.minimum && value <= range.maximum))
    throw new UsageError(`--${name} must be a whole number from ${range.minimum} to ${range.maximum}, not "${text}".`);
  return value;
}
