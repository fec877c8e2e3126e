/** Relay connections: made by the services, shaped for GraphQL here. The total is counted only when somebody asks. */
import type { Page } from "@pareidolia/persistence/queries/keyset";
import { type ClassType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { ownStatement } from "../limits/costs.ts";
import { type CursorShape, encodeCursor } from "./cursor.ts";

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
  countAll(): Promise<number>;
}

export function toConnection<Row>(page: Page<Row>, shape: CursorShape, countAll: () => Promise<number>): Connection<Row> {
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
    countAll,
  };
}

export interface ConnectionTypes {
  readonly connection: ClassType;
  /** Goes into the schema's list of resolvers. */
  readonly resolver: ClassType;
}

/** The edge and connection types of one noun, and the resolver of its total. */
export function connectionTypesOf(noun: string, plural: string, node: ClassType): ConnectionTypes {
  @ObjectType(`${noun}Edge`, { description: `One of the ${plural} with its place in the list.` })
  class EdgeType {
    @Field(() => String, { description: "Give it as `after` or `before` to go on from here." })
    readonly cursor!: string;

    @Field(() => node, { description: "The row itself." })
    readonly node!: unknown;
  }

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
    @FieldResolver(() => Int, { complexity: ownStatement, description: "How many rows the whole list has." })
    totalCount(@Root() connection: Connection<unknown>): Promise<number> {
      return connection.countAll();
    }
  }

  return { connection: ConnectionType, resolver: ConnectionResolver };
}
