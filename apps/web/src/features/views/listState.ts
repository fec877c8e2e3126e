/** By what a list is shown, and the views that every list has without being saved. */
export interface ListState {
  readonly search: string;
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  /** A column; with a minus sign before it, descending. */
  readonly sort: string;
}

/** A view of the product, with the list's usual columns and order. */
export interface BuiltInView {
  /** In the address, such as `view=running`. */
  readonly key: string;
  readonly label: string;
  readonly search: string;
}

const same = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((name, i) => name === other[i]);

export function isSameState(one: ListState, other: ListState): boolean {
  return (
    one.search.trim() === other.search.trim() &&
    one.sort === other.sort &&
    same(one.columns, other.columns) &&
    same(one.groupBy, other.groupBy)
  );
}

/** What a list knows of a stored state, and the names that it does not know any more. */
export function knownState(
  stored: ListState,
  {
    usual,
    isColumn,
    isGroup,
    isSort,
  }: {
    readonly usual: ListState;
    isColumn(name: string): boolean;
    isGroup(name: string): boolean;
    isSort(text: string): boolean;
  },
): { readonly state: ListState; readonly lost: readonly string[] } {
  const lost = [...stored.columns.filter((name) => !isColumn(name)), ...stored.groupBy.filter((name) => !isGroup(name))];
  if (!isSort(stored.sort)) lost.push(stored.sort.replace(/^-/, ""));
  return {
    state: {
      search: stored.search,
      columns: stored.columns.filter(isColumn),
      groupBy: stored.groupBy.filter(isGroup),
      sort: isSort(stored.sort) ? stored.sort : usual.sort,
    },
    lost: [...new Set(lost)],
  };
}

/** A view's key in the address: that of the product's views, or such as VIEW-7. */
export const isViewKey = (text: string, builtIn: readonly BuiltInView[]): boolean =>
  /^VIEW-[1-9]\d{0,9}$/.test(text) || builtIn.some(({ key }) => key === text);
