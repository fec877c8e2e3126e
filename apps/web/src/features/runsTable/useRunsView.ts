"use client";
/** What the address says of the table of runs, and the view with which it is open. */
import { runFields } from "@pareidolia/search/fields/runFields";
import { useQueryStates } from "nuqs";
import { writeSort } from "../views/listSort.ts";
import type { ListState } from "../views/listState.ts";
import { useListView } from "../views/useListView.ts";
import { findColumn } from "./tableColumns.ts";
import { parseSort, runViews, usualState, viewParsers } from "./viewState.ts";

export function useRunsView() {
  const [view, setView] = useQueryStates(viewParsers, { history: "push" });
  const state: ListState = { search: view.q, columns: view.columns, groupBy: view.group, sort: writeSort(view.sort) };
  const change: typeof setView = (values, options) => setView(values, { clearOnDefault: view.view === null, ...options });
  /** Writes a state and the key of its view to the address. */
  const show = (key: string | null, next: ListState, history: "push" | "replace") =>
    void setView(
      { view: key, q: next.search, columns: next.columns, group: next.groupBy, sort: parseSort(next.sort), rows: null },
      // A saved view without a search keeps its empty parameters, which distinguish it from a link with nothing but the key.
      { history, clearOnDefault: runViews.some((each) => each.key === key) || key === null },
    );
  const listView = useListView({
    list: "RUNS",
    builtIn: runViews,
    usual: usualState,
    state,
    viewKey: view.view,
    names: ["q", "sort", "columns", "group"],
    isColumn: (name) => findColumn(name) !== undefined,
    isGroup: (name) => runFields.find(name)?.isGroupable === true,
    isSort: (text) => parseSort(text) !== null,
    apply: show,
  });
  const columns = view.columns.flatMap((id) => findColumn(id) ?? []);
  return { view, state, columns, listView, change, show };
}
