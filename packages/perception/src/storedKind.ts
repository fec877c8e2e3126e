/** Reads the stored form of a protocol or a rule: a version, the ID of its kind and the values of all its parameters. */
import { AppError } from "@pareidolia/core/appError";

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/**
 * @param name what is stored, for the error: "protocol".
 * @param resolve checks the kind and its values, and throws INVALID_INPUT.
 * @throws AppError CORRUPT_DATA for another version, an unknown kind, or an unknown, missing or invalid parameter.
 */
export function parseStoredKind<T extends { readonly values: object }>(
  document: unknown,
  { name, version, resolve }: { readonly name: string; readonly version: number; readonly resolve: (kind: string, values: Fields) => T },
): T {
  const fields = fieldsOf(document);
  if (fields === null) throw new AppError("CORRUPT_DATA", `A stored ${name} is not an object.`);
  if (fields["version"] !== version)
    throw new AppError("CORRUPT_DATA", `A stored ${name} has version ${String(fields["version"])}; this program reads version ${version}.`);
  const values = fieldsOf(fields["values"]);
  if (values === null) throw new AppError("CORRUPT_DATA", `A stored ${name} has no values.`);
  let stored: T;
  try {
    stored = resolve(String(fields["kind"]), values);
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `A stored ${name} is damaged. ${(cause as Error).message}`, { cause });
  }
  const missing = Object.keys(stored.values).filter((value) => !Object.hasOwn(values, value));
  if (missing.length > 0) throw new AppError("CORRUPT_DATA", `A stored ${name} lacks ${missing.join(", ")}.`);
  return stored;
}
