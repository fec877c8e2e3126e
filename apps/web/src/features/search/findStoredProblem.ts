/** The problem of a search that only the database knows: a parameter or metric that no run has. */
import type { FieldRegistry } from "@pareidolia/search/fields/field";
import { namedRecordedFields } from "@pareidolia/search/namedRecordedFields";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import type { Client } from "urql";
import { SearchProblemDocument, type SearchProblemQuery } from "../../graphql/generated/graphql.ts";

/** Whether only the API can check the search. */
export const namesStoredFields = (text: string, registry: FieldRegistry): boolean => namedRecordedFields(text, registry).length > 0;

export function readStoredProblem(data: SearchProblemQuery | undefined): SearchProblem | null {
  return data?.searchProblem == null ? null : { ...data.searchProblem, hint: data.searchProblem.hint ?? null };
}

/** @param text a search without another problem. Null also while the API does not answer. */
export async function findStoredProblem(client: Client, text: string, registry: FieldRegistry): Promise<SearchProblem | null> {
  if (!namesStoredFields(text, registry)) return null;
  const { data } = await client.query(SearchProblemDocument, { search: text }, { requestPolicy: "network-only" }).toPromise();
  return readStoredProblem(data);
}
