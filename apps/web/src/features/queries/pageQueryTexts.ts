/** The queries of a page as programs send them. */
import { Kind, print } from "graphql";
import type { PageQuery } from "../../graphql/client/pageQueries.tsx";
import type { ShownQuery } from "./shownQuery.ts";

/** A query's name in words: "RunStatistics" is "Run statistics". */
function titleOf(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Of queries with the same name, the second and later ones get a number. */
export function textsOf(queries: readonly PageQuery[]): readonly ShownQuery[] {
  const counts = new Map<string, number>();
  return queries.flatMap(({ document, variables }) => {
    if (typeof document === "string") return [];
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const name = operation?.kind === Kind.OPERATION_DEFINITION ? titleOf(operation.name?.value ?? "Query") : "Query";
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return [{ title: count === 1 ? name : `${name} ${count}`, document: print(document), variables }];
  });
}
