/** Reads what every page of a workspace needs first. */
import type { PageStart } from "../features/session/pageStart.ts";
import { PageStartDocument, type PageStartQuery } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

const timeoutMilliseconds = 1_000;

/** Null without a session, and if the API does not answer in a second; the page then loads it itself. */
export async function findPageStart(cookie: string, workspace: string): Promise<PageStart | null> {
  try {
    const response = await askApi(PageStartDocument, {}, { workspace, headers: cookie === "" ? {} : { cookie }, timeoutMilliseconds });
    const { data } = (await response.json()) as { readonly data?: PageStartQuery | null };
    return data?.viewer ?? null;
  } catch {
    return null;
  }
}
