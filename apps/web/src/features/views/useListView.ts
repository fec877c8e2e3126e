"use client";
/**
 * The view with which a list is open. Its key is in the address beside the state, so that a link shows the same rows even if the view has
 * changed since; an address with nothing but a key opens the view as it is now, and an empty one the member's default.
 */
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type SavedViewFragment, type SearchSubject, ViewsDocument } from "../../graphql/generated/graphql.ts";
import { type BuiltInView, isSameState, knownState, type ListState } from "./listState.ts";

export interface ListViewOptions {
  readonly list: SearchSubject;
  readonly builtIn: readonly BuiltInView[];
  /** Columns and order of a list without a view. */
  readonly usual: ListState;
  /** What the address says now. */
  readonly state: ListState;
  /** The view in the address; null without. */
  readonly viewKey: string | null;
  /** The parameters of the address that make the state. */
  readonly names: readonly string[];
  isColumn(name: string): boolean;
  isGroup(name: string): boolean;
  isSort(text: string): boolean;
  /** Writes a state and the key of its view to the address. */
  apply(key: string | null, state: ListState, history: "push" | "replace"): void;
}

export interface ListView {
  readonly views: readonly SavedViewFragment[];
  /** The saved view that is open; null for none. */
  readonly open: SavedViewFragment | null;
  /** The key of the view whose state is shown: of a saved one also if the state has changed. */
  readonly shown: string | null;
  readonly isChanged: boolean;
  /** Whether the address is about to change to that of a view. */
  readonly isOpening: boolean;
  /** What is wrong with the address. */
  readonly problems: readonly string[];
  show(view: SavedViewFragment | BuiltInView): void;
  refetch(): void;
}

const isSaved = (view: SavedViewFragment | BuiltInView): view is SavedViewFragment => "id" in view;

export function useListView(options: ListViewOptions): ListView {
  const { list, builtIn, usual, state, viewKey, names, apply } = options;
  const address = useSearchParams();
  const { data, refetch } = useLiveQuery({ query: ViewsDocument, variables: { list } });
  const views = useMemo(() => data?.views ?? [], [data]);
  const isBare = names.every((name) => !address.has(name));
  const ofProduct = builtIn.find(({ key }) => key === viewKey);
  const open = views.find(({ key }) => key === viewKey) ?? null;
  const wanted = !isBare
    ? null
    : (open ??
      (ofProduct !== undefined && ofProduct.search !== "" ? ofProduct : null) ??
      (viewKey === null ? views.find(({ isDefault }) => isDefault) : null) ??
      null);
  const stateOf = (view: SavedViewFragment | BuiltInView) =>
    isSaved(view) ? knownState(view, options) : { state: { ...usual, search: view.search }, lost: [] };
  const wantedKey = wanted?.key;
  const openWanted = useRef(() => {});
  openWanted.current = () => {
    if (wanted != null) apply(wanted.key, stateOf(wanted).state, "replace");
  };
  useEffect(() => {
    if (isBare && wantedKey !== undefined) openWanted.current();
  }, [wantedKey, isBare]);
  const builtInShown = builtIn.find((view) => isSameState(state, stateOf(view).state));
  const stored = open === null ? null : stateOf(open);
  const isUnknown = data !== undefined && viewKey !== null && open === null && ofProduct === undefined;
  return {
    views,
    open,
    shown: open?.key ?? builtInShown?.key ?? null,
    isChanged: stored !== null && (stored.lost.length > 0 || !isSameState(state, stored.state)),
    isOpening: wanted !== null || (data === undefined && isBare && viewKey !== null && ofProduct === undefined),
    problems: [
      ...(isUnknown ? [`There is no view ${viewKey}: it was deleted, or belongs to another member. The rest of the address is used.`] : []),
      ...(stored !== null && stored.lost.length > 0
        ? [`“${open?.name}” has columns that no longer exist: ${stored.lost.join(", ")}. They are left out; save the view to forget them.`]
        : []),
    ],
    show: (view) =>
      apply(isSaved(view) || views.some(({ isDefault }) => isDefault) || view.search !== "" ? view.key : null, stateOf(view).state, "push"),
    refetch,
  };
}
