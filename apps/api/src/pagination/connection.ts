/** Relay connections: made by the services, shaped for GraphQL here. The total is counted only when somebody asks. */
import type { Page } from "@pareidolia/persistence/queries/keyset";
import { Arg, type ClassType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { ownStatement } from "../limits/costs.ts";
import type { Action } from "../policy/actions.ts";
import { Requires, signedIn } from "../policy/requires.ts";
import { type CursorShape, encodeCursor } from "./cursor.ts";
import { largestCount, type RowCounter } from "./rowCounter.ts";

@Requires(signedIn)
@ObjectType("PageInfo", { description: "Where a page lies in its list." })
export class PageInfoType {
  @Field(() => Boolean, { description: "Whether rows follow this page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Whether rows come before this page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first row's cursor; null on an empty page." })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "The last row's cursor; null on an empty page." })
  readonly endCursor!: string | null;
}

export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

export interface Connection<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly nodes: readonly Row[];
  readonly pageInfo: PageInfoType;
  readonly counter: RowCounter;
}

export function toConnection<Row>(page: Page<Row>, shape: CursorShape, counter: RowCounter): Connection<Row> {
  const edges = page.rows.map(({ node, position }) => ({ node, cursor: encodeCursor(shape, position) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    counter,
  };
}

export interface ConnectionTypes {
  readonly connection: ClassType;
  /** Goes into the schema's list of resolvers. */
  readonly resolver: ClassType;
}

export interface ConnectionNoun {
  readonly noun: string;
  readonly plural: string;
  readonly node: ClassType;
  /** The action that guards the list, as it guards the nodes. */
  readonly action: Action;
}

/** The edge and connection types of one noun, and the resolver of its total. */
export function connectionTypesOf({ noun, plural, node, action }: ConnectionNoun): ConnectionTypes {
  @Requires(action)
  @ObjectType(`${noun}Edge`, { description: `One of the ${plural} with its place in the list.` })
  class EdgeType {
    @Field(() => String, { description: "Give it as `after` or `before` to go on from here." })
    readonly cursor!: string;

    @Field(() => node, { description: "The row itself." })
    readonly node!: unknown;
  }

  @Requires(action)
  @ObjectType(`${noun}Connection`, { description: `A page of ${plural}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The rows with their cursors." })
    readonly edges!: readonly EdgeType[];

    @Field(() => [node], { description: "The rows alone." })
    readonly nodes!: readonly unknown[];

    @Field(() => PageInfoType, { description: "Where this page lies." })
    readonly pageInfo!: PageInfoType;
  }

  @Resolver(() => ConnectionType)
  class ConnectionResolver {
    @FieldResolver(() => Int, {
      complexity: ownStatement,
      description: `How many rows the whole list has. Counts up to ${largestCount} rows unless \`exact\` is true.`,
    })
    async totalCount(
      @Root() { counter }: Connection<unknown>,
      @Arg("exact", () => Boolean, {
        defaultValue: false,
        description: "Count every row. This is slow on a long list and may be refused as TOO_EXPENSIVE.",
      })
      exact: boolean,
    ): Promise<number> {
      return exact ? counter.countExactly() : Math.min(await counter.countCapped(), largestCount);
    }

    // Costs no statement of its own beside `totalCount`.
    @FieldResolver(() => Boolean, {
      description: `Whether the list has more than ${largestCount} rows: \`totalCount\` is then a lower bound, unless \`exact\` is true.`,
    })
    async totalCountIsCapped(@Root() { counter }: Connection<unknown>): Promise<boolean> {
      return (await counter.countCapped()) > largestCount;
    }
  }

  return { connection: ConnectionType, resolver: ConnectionResolver };
}
