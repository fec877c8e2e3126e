/** Describes the three root types, which type-graphql builds without a description. */
import type { GraphQLSchema } from "graphql";

export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  const roots = [
    [schema.getQueryType(), "What can be read. No field of it changes anything."],
    [
      schema.getMutationType(),
      "What can be changed. Each mutation takes one input and answers with a union: the success, or an error that says what to correct.",
    ],
    [schema.getSubscriptionType(), "What can be followed as it happens, by WebSocket or as a stream of server-sent events."],
  ] as const;
  for (const [type, description] of roots) if (type != null) type.description = description;
  return schema;
}
