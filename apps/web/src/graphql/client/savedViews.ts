/**
 * Keeps the cached lists of views as mutations leave them. A page opens a view as soon as it is saved, and would say that there is none if
 * its list knew it only after the next request.
 */
import type { Cache, FieldInfo, UpdateResolver } from "@urql/exchange-graphcache";
import { gql } from "urql";
import type {
  CreateViewMutation,
  DeleteViewMutation,
  RestoreViewMutation,
  SetDefaultViewMutation,
  SetDefaultViewMutationVariables,
} from "../generated/graphql.ts";

const Default = gql`
  fragment DefaultView on View {
    id
    isDefault
  }
`;

interface CachedList {
  readonly args: FieldInfo["arguments"];
  /** Keys of its views in the cache. */
  readonly keys: readonly string[];
}

function cachedLists(cache: Cache): CachedList[] {
  return cache.inspectFields("Query").flatMap(({ fieldName, fieldKey, arguments: args }) => {
    const keys = fieldName === "views" ? cache.resolve("Query", fieldKey) : null;
    return Array.isArray(keys) ? [{ args, keys: keys as readonly string[] }] : [];
  });
}

function add(cache: Cache, view: { readonly id: string; readonly list: string }): void {
  const key = cache.keyOfEntity({ __typename: "View", id: view.id });
  if (key === null) return;
  for (const { args, keys } of cachedLists(cache))
    if (args?.["list"] === view.list && !keys.includes(key)) cache.link("Query", "views", args, [...keys, key]);
}

function remove(cache: Cache, id: string): void {
  for (const { args, keys } of cachedLists(cache)) {
    const kept = keys.filter((key) => cache.resolve(key, "id") !== id);
    if (kept.length < keys.length) cache.link("Query", "views", args, kept);
  }
}

const createView: UpdateResolver<CreateViewMutation> = ({ createView: answer }, _variables, cache) => {
  if (answer.__typename === "ViewSuccess") add(cache, answer.view);
};

const restoreView: UpdateResolver<RestoreViewMutation> = ({ restoreView: answer }, _variables, cache) => {
  if (answer.__typename === "ViewSuccess") add(cache, answer.view);
};

const deleteView: UpdateResolver<DeleteViewMutation> = ({ deleteView: answer }, _variables, cache) => {
  if (answer.__typename === "DeleteViewSuccess") remove(cache, answer.deletedId);
};

/** A member has one default, so the earlier one is none now. */
const setDefaultView: UpdateResolver<SetDefaultViewMutation, SetDefaultViewMutationVariables> = (
  { setDefaultView: answer },
  { input },
  cache,
) => {
  if (answer.__typename !== "SetDefaultViewSuccess") return;
  for (const { args, keys } of cachedLists(cache)) {
    if (args?.["list"] !== input.list) continue;
    for (const key of keys) {
      const id = cache.resolve(key, "id") as string;
      cache.writeFragment(Default, { __typename: "View", id, isDefault: id === input.viewId });
    }
  }
};

export const viewUpdates = { createView, restoreView, deleteView, setDefaultView };
