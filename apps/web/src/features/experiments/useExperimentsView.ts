"use client";
/** What the address says of the table of experiments, and the view with which it is open. */
import { useQueryStates } from "nuqs";
import { writeSort } from "../views/listSort.ts";
import type { ListState } from "../views/listState.ts";
import { useListView } from "../views/useListView.ts";
import { experimentViews, parseSort, usualState, viewParsers } from "./experimentViews.ts";

export function useExperimentsView() {
  const [view, setView] = useQueryStates(viewParsers, { history: "push" });
  const state: ListState = { ...usualState, search: view.q, sort: writeSort(view.sort) };
  const change: typeof setView = (values, options) => setView(values, { clearOnDefault: view.view === null, ...options });
  /** Writes a state and the key of its view to the address. */
  const show = (key: string | null, next: ListState, history: "push" | "replace") =>
    void setView(
      { view: key, q: next.search, sort: parseSort(next.sort) },
      // A saved view without a search keeps its empty parameters, which distinguish it from a link with nothing but the key.
      { history, clearOnDefault: experimentViews.some((each) => each.key === key) || key === null },
    );
  const listView = useListView({
    list: "EXPERIMENTS",
    builtIn: experimentViews,
    usual: usualState,
    state,
    viewKey: view.view,
    names: ["q", "sort"],
    isColumn: () => false,
    isGroup: () => false,
    isSort: (text) => parseSort(text) !== null,
    apply: show,
  });
  return { view, state, listView, change, show };
}
