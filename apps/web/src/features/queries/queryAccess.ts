"use client";
/** How programs reach the data of the pages below: whether they need a key, and which headers. */
import { createContext, useContext } from "react";
import type { QueryAccess } from "./shownQuery.ts";

type Access = Omit<QueryAccess, "origin">;

/** The default is for visitors' pages, which need neither. */
export const QueryAccessContext = createContext<Access>({ needsKey: false, headers: {} });

/** Call it only in a browser. */
export function useQueryAccess(): QueryAccess {
  return { ...useContext(QueryAccessContext), origin: location.origin };
}
