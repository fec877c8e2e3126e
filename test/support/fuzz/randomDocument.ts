/**
 * Random documents for a schema: queries, mutations, subscriptions and introspection, with many aliases, list arguments and fragments,
 * and some changed bytes. Seed and number reproduce a document.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from "graphql";
import { pick, printValue, randomValue } from "./randomValues.ts";

export interface RandomDocument {
  readonly kind: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface DocumentOptions {
  readonly schema: GraphQLSchema;
  readonly seed: number;
  readonly ids: readonly string[];
}

const kinds = [
  "query",
  "query",
  "query",
  "mutation",
  "subscription",
  "aliases",
  "lists",
  "fragments",
  "introspection",
  "multiplied",
  "bytes",
] as const;

/** In characters, including all aliases. */
const maxFieldLength = 60_000;

class Writer {
  readonly random: Random;
  readonly #options: DocumentOptions;
  /** The maximum length of lists, and number of aliases of a field. */
  longest = 3;
  mostAliases = 1;
  readonly variables: Record<string, unknown> = {};
  readonly declarations: string[] = [];
  readonly fragments: string[] = [];
  spreads = 0;

  constructor(random: Random, options: DocumentOptions) {
    this.random = random;
    this.#options = options;
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const written = field.args
      .filter((argument) => isRequiredArgument(argument) || this.random.chance(this.longest > 3 ? 0.8 : 0.3))
      .map((argument) => {
        const value = randomValue(argument.type, this.random, { ids: this.#options.ids, longest: this.longest });
        if (this.random.chance(0.5)) return `${argument.name}: ${printValue(value)}`;
        const name = `v${this.declarations.length}`;
        this.declarations.push(`$${name}: ${argument.type.toString()}`);
        this.variables[name] = value;
        return `${argument.name}: $${name}`;
      });
    return written.length === 0 ? "" : `(${written.join(", ")})`;
  }

  field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${this.selection(type, depth - 1)}` : "";
    const text = `${field.name}${this.#arguments(field)}${below}`;
    if (this.mostAliases === 1 || !this.random.chance(0.3)) return text;
    const copies = Math.min(1 + this.random.below(this.mostAliases), Math.max(1, Math.floor(maxFieldLength / text.length)));
    return Array.from({ length: copies }, (_, i) => `a${this.random.below(1_000)}${i}: ${text}`).join(" ");
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const parts: string[] = [];
    if (isAbstractType(type)) {
      const types = this.#options.schema.getPossibleTypes(type);
      for (let i = 0; i < 1 + random.below(2); i++) parts.push(this.#inlineFragment(pick(random, types), depth));
    }
    const fields = "getFields" in type ? Object.values(type.getFields()) : [];
    const usable = depth > 0 ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (usable.length > 0) for (let i = 0; i < 1 + random.below(3); i++) parts.push(this.field(pick(random, usable), depth));
    if (parts.length === 0 || random.chance(0.1)) parts.push("__typename");
    if (random.chance(0.02)) parts.push("noSuchField");
    if (this.spreads > 0 && random.chance(0.5)) parts.push(this.#spread(type, depth));
    return `{ ${parts.join(" ")} }`;
  }

  #inlineFragment(type: GraphQLObjectType, depth: number): string {
    return `... on ${type.name}${this.random.chance(0.1) ? " @include(if: true)" : ""} ${this.selection(type, depth - 1)}`;
  }

  /** A new fragment, an existing one on the same type, or one that does not exist. */
  #spread(type: GraphQLCompositeType, depth: number): string {
    const name = `f${this.random.below(6)}On${type.name}`;
    if (!this.fragments.some((text) => text.startsWith(`fragment ${name} `)) && this.random.chance(0.95)) {
      this.spreads -= 1;
      const place = this.fragments.push(`fragment ${name} on ${type.name} { __typename }`) - 1;
      this.fragments[place] = `fragment ${name} on ${type.name} ${this.selection(type, depth - 1)}`;
    }
    return `...${name} ...${name}`;
  }

  /** Levels of aliases whose fragments contain the next level: their numbers multiply the values, but only add to the length. */
  multiplied(type: GraphQLCompositeType, levels: number): string {
    const { random } = this;
    const copies = pick(random, [2, 5, 20, 60, 200]);
    const fields = "getFields" in type ? Object.values(type.getFields()) : [];
    const inner = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const isLast = levels === 0 || inner.length === 0;
    if (isLast && fields.length === inner.length) return "{ __typename }";
    const field = pick(random, isLast ? fields.filter((each) => !inner.includes(each)) : inner);
    let text = `${field.name}${this.#arguments(field)}`;
    if (!isLast) {
      const below = getNamedType(field.type) as GraphQLCompositeType;
      const name = `level${this.fragments.length}`;
      const place = this.fragments.push("") - 1;
      this.fragments[place] = `fragment ${name} on ${below.name} ${this.multiplied(below, levels - 1)}`;
      text += ` { ...${name} }`;
    }
    return `{ ${Array.from({ length: copies }, (_, i) => `a${i}: ${text}`).join(" ")} }`;
  }

  document(operation: string, selection: string): string {
    const variables = this.declarations.length === 0 ? "" : `(${this.declarations.join(", ")})`;
    return `${operation} Fuzz${variables} ${selection} ${this.fragments.join(" ")}`;
  }
}

/** The operation types with fields. */
const signs = Array.from(Buffer.from('{}()[]:$@!.|&"# \n'));

function changeBytes(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  for (let i = 0; i < 1 + random.below(8); i++) {
    const place = random.below(bytes.length);
    bytes[place] = random.chance(0.5) ? random.below(256) : pick(random, signs);
  }
  return bytes.toString(random.chance(0.8) ? "utf8" : "latin1");
}

export function writeDocument(number: number, options: DocumentOptions): RandomDocument {
  const random = new Random({ seed: options.seed, generation: number, index: 0, purpose: Purpose.NOISE });
  const { schema } = options;
  const kind = pick(random, kinds);
  const writer = new Writer(random, options);
  const depth = 2 + random.below(4);
  const query = schema.getQueryType() as GraphQLObjectType;
  if (kind === "aliases") writer.mostAliases = pick(random, [3, 10, 70, 300]);
  if (kind === "lists") {
    writer.longest = pick(random, [10, 100, 101, 1_000, 5_000]);
    writer.mostAliases = pick(random, [1, 1, 50]);
  }
  if (kind === "fragments") writer.spreads = 1 + random.below(20);
  if (kind === "mutation" || kind === "subscription") {
    const root = (kind === "mutation" ? schema.getMutationType() : schema.getSubscriptionType()) as GraphQLObjectType;
    const text = writer.field(pick(random, Object.values(root.getFields())), depth);
    return { kind, query: writer.document(kind, `{ ${text} }`), variables: writer.variables };
  }
  if (kind === "introspection") {
    writer.mostAliases = pick(random, [1, 5, 50]);
    writer.spreads = random.below(8);
    const fields = Array.from({ length: 1 + random.below(2) }, () =>
      writer.field(pick(random, [SchemaMetaFieldDef, TypeMetaFieldDef]), depth + 6),
    );
    return { kind, query: writer.document("query", `{ ${fields.join(" ")} }`), variables: writer.variables };
  }
  if (kind === "multiplied") {
    const introspects = random.chance(0.5);
    const root = introspects ? (getNamedType(SchemaMetaFieldDef.type) as GraphQLObjectType) : query;
    const selection = writer.multiplied(root, 1 + random.below(4));
    return { kind, query: writer.document("query", introspects ? `{ __schema ${selection} }` : selection), variables: writer.variables };
  }
  const text = writer.document("query", writer.selection(query, depth));
  return { kind, query: kind === "bytes" ? changeBytes(text, random) : text, variables: writer.variables };
}
