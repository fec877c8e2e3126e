/** What every page of a workspace needs first, so that its server reads it before the page is sent. */
import type { PageStartQuery } from "../../graphql/generated/graphql.ts";

/** `changeSeq` numbers the workspace's latest change before the page loads its data. */
export type PageStart = PageStartQuery["viewer"];
