/** Builds the schema from the resolvers of all modules. The committed schema.graphql is printed from it. */
import { createPubSub } from "@graphql-yoga/subscription";
import { AppError } from "@pareidolia/core/appError";
import type { GraphQLSchema } from "graphql";
import { buildSchema } from "type-graphql";
import { modules } from "./assembly/modules.ts";
import { describeRoots } from "./describeRoots.ts";
import { acceptKeys } from "./firstAnswer/acceptKeys.ts";
import { meterFields } from "./limits/meterFields.ts";
import { guardRoots } from "./policy/guardRoots.ts";
import { noteMutations } from "./recall/noteMutations.ts";

export async function createSchema(): Promise<GraphQLSchema> {
  const [first, ...others] = modules.flatMap(({ resolvers = [] }) => resolvers);
  if (first === undefined) throw new AppError("INTERNAL", "No module has a resolver.");
  const schema = await buildSchema({
    resolvers: [first, ...others],
    validate: false,
    // The check introspects the whole schema, which takes a third of the time. Apollo validates the schema when it starts.
    skipCheck: true,
    // The library requires one, but our subscription has its own stream.
    pubSub: createPubSub(),
  });
  return meterFields(guardRoots(noteMutations(acceptKeys(describeRoots(schema)))));
}
