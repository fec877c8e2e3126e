"use client";
/** The view of a large archive, stored in the page's address: order, search, tiles or list, and the selected class. */
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type AddressRule, oneOf } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";
import { type NicheOrder, nicheOrders } from "./niches.ts";

const layouts = ["tiles", "list"] as const;
export type ArchiveLayout = (typeof layouts)[number];

export interface ArchiveState {
  readonly order: NicheOrder;
  readonly search: string;
  readonly layout: ArchiveLayout;
  /** The class of the selected niche. */
  readonly chosen: number | null;
  setOrder(order: NicheOrder): void;
  setSearch(search: string): void;
  setLayout(layout: ArchiveLayout): void;
  choose(niche: number | null): void;
}

const parsers = {
  order: parseAsStringLiteral(nicheOrders).withDefault("confidence"),
  find: parseAsString.withDefault(""),
  as: parseAsStringLiteral(layouts).withDefault("tiles"),
  class: parseAsWholeNumber,
};

/** The rules for the address. @param classes Number of classes of the archive. */
export function archiveRules(classes: number): readonly AddressRule[] {
  return [
    oneOf("order", nicheOrders, "confidence"),
    oneOf("as", layouts, "tiles"),
    {
      name: "class",
      accepts: (text) => isIndexOf(text, classes),
      wanted: `a class from 0 to ${classes - 1}`,
      instead: "none is selected",
    },
  ];
}

export function useArchiveState(): ArchiveState {
  const [state, set] = useQueryStates(parsers, { history: "replace", throttleMs: 200 });
  return {
    order: state.order,
    search: state.find,
    layout: state.as,
    chosen: state.class,
    setOrder: (order) => void set({ order }),
    setSearch: (find) => void set({ find }),
    setLayout: (as) => void set({ as }),
    choose: (niche) => void set({ class: niche }),
  };
}
