/** A type of the API with everything that its page shows. */

interface Described {
  readonly name: string;
  readonly description: string;
  /** What to use instead. */
  readonly deprecated?: string;
}

/** An argument or an input field. */
export interface ReferenceMember extends Described {
  /** As GraphQL writes it, such as `[ID!]!`. */
  readonly type: string;
  readonly default?: string;
}

export interface ReferenceField extends ReferenceMember {
  readonly arguments: readonly ReferenceMember[];
}

export interface ReferenceType extends Described {
  readonly kind: "object" | "interface" | "input" | "union" | "enum" | "scalar";
  readonly fields: readonly ReferenceField[];
  readonly values: readonly Described[];
  /** Of a union or an interface. */
  readonly members: readonly string[];
  readonly implements: readonly string[];
}

/** The name in a type: `Run` of `[Run!]!`. */
export function namedType(type: string): string {
  return type.replaceAll(/[[\]!]/g, "");
}

const referencePath = "/api-reference";

/** The page of a type, at one of its fields, arguments or values. */
export function addressOf(type: string, part?: string): string {
  return part === undefined ? `${referencePath}/${type}` : `${referencePath}/${type}#${part}`;
}
