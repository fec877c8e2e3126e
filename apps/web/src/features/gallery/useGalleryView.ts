"use client";
/** What the address says of the gallery, and the view with which it is open. */
import { useQueryStates } from "nuqs";
import { writeSort } from "../views/listSort.ts";
import type { ListState } from "../views/listState.ts";
import { useListView } from "../views/useListView.ts";
import { galleryParsers, galleryViews, parseSort, usualState } from "./galleryState.ts";

/** @param onShow called before the address changes to another list. */
export function useGalleryView(onShow: () => void) {
  const [view, setView] = useQueryStates(galleryParsers, { history: "push", scroll: false });
  const state: ListState = { ...usualState, search: view.q, sort: writeSort(view.sort) };
  const change: typeof setView = (values, options) => {
    onShow();
    return setView(values, { clearOnDefault: view.view === null, ...options });
  };
  /** Writes a state and the key of its view to the address. */
  const show = (key: string | null, next: ListState, history: "push" | "replace") => {
    onShow();
    void setView(
      { view: key, q: next.search, sort: parseSort(next.sort), ids: null },
      // A saved view without a search keeps its empty parameters, which distinguish it from a link with nothing but the key.
      { history, clearOnDefault: galleryViews.some((each) => each.key === key) || key === null },
    );
  };
  const listView = useListView({
    list: "IMAGES",
    builtIn: galleryViews,
    usual: usualState,
    state,
    viewKey: view.view,
    names: ["q", "sort", "ids"],
    isColumn: () => false,
    isGroup: () => false,
    isSort: (text) => parseSort(text) !== null,
    apply: show,
  });
  return { view, state, listView, change, show };
}
