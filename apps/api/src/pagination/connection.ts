/** Relay connections. Services build them with `toConnection`; the total is counted only if a query selects it. */
import type { Page, PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { Arg, type ClassType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { statementCost } from "../limits/costs.ts";
import type { Action } from "../policy/actions.ts";
import { everySender, Requires } from "../policy/requires.ts";
import { type CursorShape, encodeCursor } from "./cursor.ts";
import { maxCount, maxCountOfResults, type RowCounter } from "./rowCounter.ts";

@Requires(everySender)
@ObjectType("PageInfo", { description: "Information about a page of a list." })
export class PageInfoType {
  @Field(() => Boolean, { description: "Whether more items follow this page." })
  readonly hasNextPage!: boolean | Promise<boolean>;

  @Field(() => Boolean, { description: "Whether items precede this page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first item; null if the page is empty. To page backwards, pass it as `before`.",
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last item; null if the page is empty. To page forwards, pass it as `after`.",
  })
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

/** Whether a page requests no rows, only the total. */
export function isEmptyPage({ limit, backward, after, before }: PageRequest): boolean {
  return limit === 0 && !backward && after === null && before === null;
}

/** A page without rows, for which no statement lists any. Whether rows follow is counted only if the query selects it. */
export function toEmptyConnection<Row>(counter: RowCounter): Connection<Row> {
  const pageInfo: PageInfoType = {
    get hasNextPage() {
      return counter.countCapped().then(({ count }) => count > 0);
    },
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  };
  return { edges: [], nodes: [], pageInfo, counter };
}

export interface ConnectionTypes {
  readonly connection: ClassType;
  /** To be added to the schema's resolvers. */
  readonly resolver: ClassType;
}

export interface ConnectionNoun {
  readonly noun: string;
  readonly plural: string;
  readonly node: ClassType;
  /** The action required to read the list; the same as for its nodes. */
  readonly action: Action;
}

/** Makes the edge and connection types of a noun, and the resolver of the total. */
export function connectionTypesOf({ noun, plural, node, action }: ConnectionNoun): ConnectionTypes {
  @Requires(action)
  @ObjectType(`${noun}Edge`, { description: `An edge in a list of ${plural}.` })
  class EdgeType {
    @Field(() => String, { description: "Cursor of the item, for the arguments `after` and `before`." })
    readonly cursor!: string;

    @Field(() => node, { description: "The item." })
    readonly node!: unknown;
  }

  @Requires(action)
  @ObjectType(`${noun}Connection`, { description: `A page of a list of ${plural}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The items with their cursors." })
    readonly edges!: readonly EdgeType[];

    @Field(() => [node], { description: "The items." })
    readonly nodes!: readonly unknown[];

    @Field(() => PageInfoType, { description: "Information for paging." })
    readonly pageInfo!: PageInfoType;
  }

  @Resolver(() => ConnectionType)
  class ConnectionResolver {
    @FieldResolver(() => Int, {
      complexity: statementCost,
      description: `Number of items in the whole list. A count that has to read the items stops at ${maxCount}, for results and scores at ${maxCountOfResults}, unless \`exact\` is true.`,
    })
    async totalCount(
      @Root() { counter }: Connection<unknown>,
      @Arg("exact", () => Boolean, {
        defaultValue: false,
        description: "Count every item. This is slow for a long list and may fail with TOO_EXPENSIVE.",
      })
      exact: boolean,
    ): Promise<number> {
      return exact ? counter.countExactly() : (await counter.countCapped()).count;
    }

    // Shares the statement of `totalCount`.
    @FieldResolver(() => Boolean, {
      description: "Whether the count stopped before the end of the list. `totalCount` is then a lower bound unless `exact` is true.",
    })
    async totalCountIsCapped(@Root() { counter }: Connection<unknown>): Promise<boolean> {
      return (await counter.countCapped()).isCapped;
    }
  }

  return { connection: ConnectionType, resolver: ConnectionResolver };
}
