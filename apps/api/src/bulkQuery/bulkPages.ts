/**
 * Reads the rows of a bulk query page by page, as JSON lines in the order of the list. The rows of lists inside a row follow it, with its ID
 * and the list's key. A page that costs too much is requested again with fewer rows.
 */
import { AppError } from "@pareidolia/core/appError";
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from "graphql";
import { limits } from "../limits/limits.ts";
import { countOperation, measureOperation } from "../limits/measureOperation.ts";
import { maxPageSize } from "../pagination/pageSizes.ts";
import type { BulkList, BulkPlan } from "./bulkPlan.ts";
import { ownVariables } from "./readDocument.ts";

type Data = Readonly<Record<string, unknown>>;

export interface PageRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly cost: number;
  /** Whether this is a later page of a list inside a row. Until the row is complete, earlier rows cannot be stored. */
  readonly isInner: boolean;
}

/** The data of a page. @throws AppError, with the code TOO_EXPENSIVE for a page that is too large. */
export type AnswerPage = (request: PageRequest) => Promise<Data>;

/** Rows of a page of the outer list, and of the lists inside its rows. */
interface Sizes {
  readonly outer: number;
  readonly inner: number;
}

export interface BulkPage {
  /** Each with its line break. */
  readonly lines: AsyncIterable<string>;
  /** Null after the last page. */
  readonly cursor: string | null;
}

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variable = (value: string) => ({ kind: Kind.VARIABLE, name: name(value) }) as const;
const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections });
const fieldNamed = (value: string, selections?: readonly SelectionNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: name(value),
  ...(selections === undefined ? {} : { selectionSet: setOf(selections) }),
});
const declared = (value: string, type: string, isRequired: boolean): VariableDefinitionNode => {
  const named = { kind: Kind.NAMED_TYPE, name: name(type) } as const;
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: variable(value),
    type: isRequired ? { kind: Kind.NON_NULL_TYPE, type: named } : named,
  };
};
const onType = (type: string, selections: readonly SelectionNode[]): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: name(type) },
  selectionSet: setOf(selections),
});

const afterName = `${ownVariables}After`;
const idName = `${ownVariables}Id`;

/** A list with `first`, and `after` if it is the outer one. */
function listFields(list: BulkList, sizes: Sizes, isOuter: boolean): SelectionNode[] {
  const rows = list.rows.flatMap(({ selections, type }) => [onType(type.name, selections.selections)]);
  const nested = list.nested.flatMap((inner) => listFields(inner, sizes, false));
  const size = String(isOuter ? sizes.outer : sizes.inner);
  return list.fields.map(({ parentType, field }) => {
    const first = { kind: Kind.ARGUMENT, name: name("first"), value: { kind: Kind.INT, value: size } } as const;
    const after = { kind: Kind.ARGUMENT, name: name("after"), value: variable(afterName) } as const;
    const page = fieldNamed("pageInfo", [fieldNamed("hasNextPage"), fieldNamed("endCursor")]);
    const read: FieldNode = {
      ...field,
      arguments: [...(field.arguments ?? []), first, ...(isOuter ? [after] : [])],
      selectionSet: setOf([fieldNamed("nodes", [...rows, ...nested]), page]),
    };
    return onType(parentType, [read]);
  });
}

interface Source {
  readonly list: BulkList;
  /** Keys of the objects around the list. */
  readonly path: readonly string[];
  readonly id: string | null;
  documentOf(sizes: Sizes): DocumentNode;
}

interface Connection {
  readonly nodes: readonly Data[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface BulkReader {
  /** @throws GraphQLError TOO_COMPLEX or AppError INVALID_INPUT for a query of which not even one row fits a page. */
  check(): void;
  /** From after the cursor; from the start without one. */
  pages(cursor: string | null): AsyncGenerator<BulkPage, void, undefined>;
}

export interface BulkReaderOptions {
  readonly schema: GraphQLSchema;
  readonly plan: BulkPlan;
  readonly answer: AnswerPage;
}

export function readBulkPages({ schema, plan, answer }: BulkReaderOptions): BulkReader {
  const { operation, variables } = plan.document;
  let sizes: Sizes = { outer: maxPageSize, inner: maxPageSize };

  function documentWith(selections: readonly SelectionNode[], withId: boolean): DocumentNode {
    const added = [declared(afterName, "String", false), ...(withId ? [declared(idName, "ID", true)] : [])];
    const definition: OperationDefinitionNode = {
      ...operation,
      variableDefinitions: [...(operation.variableDefinitions ?? []), ...added],
      selectionSet: setOf(selections),
    };
    return { kind: Kind.DOCUMENT, definitions: [definition] };
  }

  const outer: Source = {
    list: plan.list,
    path: plan.path.map(({ field }) => (field.alias ?? field.name).value),
    id: null,
    documentOf: (present) =>
      documentWith(
        plan.path.reduceRight<SelectionNode[]>(
          (inner, { field, type }) => [onType(type, [{ ...field, selectionSet: setOf(inner) }])],
          listFields(plan.list, present, true),
        ),
        false,
      ),
  };

  /** The list of one row, which `node` finds. */
  const listOfRow = (list: BulkList, id: string): Source => ({
    list,
    path: ["node"],
    id,
    documentOf(present) {
      const argument = { kind: Kind.ARGUMENT, name: name("id"), value: variable(idName) } as const;
      const read: FieldNode = { ...fieldNamed("node", listFields(list, present, true)), arguments: [argument] };
      return documentWith([read], true);
    },
  });

  /** False if a page cannot be smaller. */
  function shrink(isNested: boolean): boolean {
    const { outer: rows, inner } = sizes;
    if (rows > 10 || (rows > 1 && (!isNested || inner <= 10))) sizes = { outer: Math.floor(rows / 2), inner };
    else if (isNested && inner > 1) sizes = { outer: rows, inner: Math.floor(inner / 2) };
    else return false;
    return true;
  }

  function requestOf(source: Source, cursor: string | null): PageRequest {
    const isNested = source.list.nested.length > 0;
    for (;;) {
      const document = source.documentOf(sizes);
      const id = source.id === null ? {} : { [idName]: source.id };
      const request = { document, variables: { ...variables, ...id, [afterName]: cursor } };
      const { cost } = countOperation(schema, { ...request, operationName: null });
      if (cost <= limits.cost) return { ...request, cost, isInner: source.id !== null };
      if (!shrink(isNested)) throw tooCostly();
    }
  }

  /** Null for a list whose row is gone. */
  async function readPage(source: Source, cursor: string | null): Promise<Connection | null> {
    for (;;) {
      try {
        const data = await answer(requestOf(source, cursor));
        const parent = source.path.reduce<Data | null>((object, key) => (object?.[key] as Data | null | undefined) ?? null, data);
        return (parent?.[source.list.key] as Connection | null | undefined) ?? null;
      } catch (error) {
        if (!(error instanceof AppError && error.code === "TOO_EXPENSIVE") || !shrink(source.list.nested.length > 0)) throw error;
      }
    }
  }

  async function* linesOf(list: BulkList, row: Data, from: { readonly id: string; readonly key: string } | null): AsyncGenerator<string> {
    const lists = list.nested.map(({ key }) => key);
    const own = Object.fromEntries(Object.entries(row).filter(([key]) => !lists.includes(key)));
    yield `${JSON.stringify(from === null ? own : { ...own, __parentId: from.id, __list: from.key })}\n`;
    for (const nested of list.nested) {
      const origin = { id: row["id"] as string, key: nested.key };
      let page = (row[nested.key] as Connection | null | undefined) ?? null;
      while (page !== null) {
        for (const each of page.nodes) yield* linesOf(nested, each, origin);
        const { hasNextPage, endCursor } = page.pageInfo;
        page = hasNextPage ? await readPage(listOfRow(nested, origin.id), endCursor) : null;
      }
    }
  }

  async function* linesOfPage(nodes: readonly Data[]): AsyncGenerator<string> {
    for (const node of nodes) yield* linesOf(plan.list, node, null);
  }

  return {
    check: () => void measureOperation(schema, { ...requestOf(outer, null), operationName: null }),

    async *pages(cursor) {
      for (let after = cursor, more = true; more; ) {
        const page = await readPage(outer, after);
        if (page === null) throw missingList(outer.path);
        const { hasNextPage, endCursor } = page.pageInfo;
        more = hasNextPage && endCursor !== null;
        yield { lines: linesOfPage(page.nodes), cursor: more ? endCursor : null };
        after = endCursor;
      }
    },
  };
}

function tooCostly(): AppError {
  return new AppError(
    "INVALID_INPUT",
    `A page of one row costs more than ${limits.cost}. Select fewer fields, or fewer lists inside the rows.`,
    {
      field: "input.query",
    },
  );
}

function missingList(path: readonly string[]): AppError {
  return new AppError(
    "NOT_FOUND",
    `Nothing was found at "${path.join(".")}": the object does not exist, was deleted, or has another type.`,
  );
}
