/** Gives a mutation an idempotency key, so that it happens once even if its answer is lost and it is sent again. */
import { keyPlaces } from "../generated/schemaFacts.ts";
import type { ReadDocument } from "../readDocument.ts";

type Input = Readonly<Record<string, unknown>>;

const isInput = (value: unknown): value is Input => typeof value === "object" && value !== null && !Array.isArray(value);

/** A UUID of version 4. `crypto.randomUUID` is missing in pages without HTTPS. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

function keyAt(input: Input, place: readonly string[]): unknown {
  return place.reduce<unknown>((inner, name) => (isInput(inner) ? inner[name] : undefined), input);
}

/** The input with a key at this place; null if the place is not in this input. */
function withKey(input: Input, [name = "", ...rest]: readonly string[]): Input | null {
  if (rest.length === 0) return { ...input, [name]: randomUuid() };
  const inner = input[name];
  const keyed = isInput(inner) ? withKey(inner, rest) : null;
  return keyed === null ? null : { ...input, [name]: keyed };
}

export interface KeyedVariables {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether an input has a key, so that the mutation may be sent again. */
  readonly isKeyed: boolean;
}

/** An input gets one key, unless the caller chose one. */
export function addKeys({ variableTypes }: ReadDocument, variables: Readonly<Record<string, unknown>>): KeyedVariables {
  let isKeyed = false;
  const keyed = Object.entries(variables).map(([name, value]) => {
    const places = (keyPlaces[variableTypes.get(name) ?? ""] ?? []).map((place) => place.split("."));
    if (!isInput(value)) return [name, value] as const;
    const hasKey = places.some((place) => keyAt(value, place) != null);
    const input = hasKey ? value : places.map((place) => withKey(value, place)).find((each) => each !== null);
    isKeyed ||= input !== undefined;
    return [name, input ?? value] as const;
  });
  return { variables: Object.fromEntries(keyed), isKeyed };
}
