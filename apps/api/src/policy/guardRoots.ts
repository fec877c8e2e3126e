/**
 * Refuses root fields at the edge to visitors and to users without a workspace, by the action that the field declares. Services check the
 * same action with the policy, which also knows the resource; this guard makes a forgotten check harmless for everyone who is no member.
 */
import type { Actor } from "@pareidolia/core/actor";
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from "graphql";
import { policy } from "./policy.ts";
import type { Guard } from "./requires.ts";

interface Requested {
  readonly actor: Actor;
}

function guardField(field: GraphQLField<unknown, Requested>): void {
  const guard = field.extensions["action"] as Guard | undefined;
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) => {
    policy.admit(context.actor, guard);
    return resolve(source, args, context, info);
  };
  if (subscribe !== undefined)
    field.subscribe = (source, args, context, info) => {
      policy.admit(context.actor, guard);
      return subscribe(source, args, context, info);
    };
}

/** Changes the schema in place. */
export function guardRoots(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    for (const field of Object.values(root?.getFields() ?? {})) guardField(field);
  return schema;
}
