/** What has a global id. */
import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", {
  description: "Something with an id of its own, to be read again by `node`.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: "Opaque, and unique over all types." })
  readonly id!: string;
}
