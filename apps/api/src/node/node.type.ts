/** The interface of objects with a global ID. */
import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", {
  description: "An object with a global ID. `node` fetches it again.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: "Opaque ID, unique across all types." })
  readonly id!: string;
}
