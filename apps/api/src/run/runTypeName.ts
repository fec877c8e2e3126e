/** The GraphQL type of each kind of run, and the fields of the interface `Run` that only some kinds have. */
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import { GraphQLNonNull, type GraphQLSchema, isInterfaceType, isNullableType } from "graphql";

export const runTypeNames = {
  evolution: "EvolutionRun",
  ascent: "AscentRun",
  perturbation: "PerturbationRun",
  retraining: "RetrainingRun",
  imported: "ImportedRun",
} as const satisfies Readonly<Record<RunKind, string>>;

/** Extensions of a field of `Run`. */
interface FieldOfKinds {
  readonly kinds: readonly RunKind[];
  /** Whether the field is non-null in every run of these kinds. */
  readonly always: boolean;
}

/** Marks a field of the interface `Run` that only these kinds have. */
export function ofKinds(kinds: readonly RunKind[], { always = false } = {}): { readonly ofKinds: FieldOfKinds } {
  return { ofKinds: { kinds, always } };
}

function isFieldOfKinds(value: unknown): value is FieldOfKinds {
  return typeof value === "object" && value !== null && "kinds" in value && "always" in value;
}

/**
 * Keeps kind-specific fields on the interface for clients of earlier versions. Deprecates each of them there and on the other kinds,
 * with a reason that names the replacement. On its own kinds the field is not deprecated, and is non-null if it always has a value.
 * Changes the schema in place.
 */
export function assignFieldsToKinds(schema: GraphQLSchema): GraphQLSchema {
  const run = schema.getType("Run");
  if (!isInterfaceType(run)) return schema;
  const types = [run, ...schema.getPossibleTypes(run)];
  for (const [name, { extensions }] of Object.entries(run.getFields())) {
    const declared = extensions["ofKinds"];
    if (!isFieldOfKinds(declared)) continue;
    const owners: readonly string[] = declared.kinds.map((kind) => runTypeNames[kind]);
    for (const type of types) {
      const field = type.getFields()[name];
      if (field === undefined) continue;
      if (!owners.includes(type.name)) field.deprecationReason = `Use ${owners.map((owner) => `${owner}.${name}`).join(" or ")}.`;
      else if (declared.always && isNullableType(field.type)) field.type = new GraphQLNonNull(field.type);
    }
  }
  return schema;
}
