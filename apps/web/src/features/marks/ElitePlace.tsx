"use client";
/** Where the images of elites open: on their own pages, or, for visitors, who cannot open these, in a dialog. */
import { type ComponentProps, createContext, useContext } from "react";
import { InPlaceLink } from "./InPlaceLink.tsx";

export interface ElitePlace {
  hrefOf(eliteId: string): string;
  /** Opens the elite without loading another page; null if it has a page. */
  readonly open: ((eliteId: string) => void) | null;
  /** The secret part of the link by which the page is read; null without one. */
  readonly shareToken: string | null;
}

export const ElitePlaceContext = createContext<ElitePlace>({
  hrefOf: (eliteId) => `/elites/${eliteId}`,
  open: null,
  shareToken: null,
});

interface EliteLinkProps extends Omit<ComponentProps<typeof InPlaceLink>, "href" | "onOpen"> {
  readonly eliteId: string;
}

export function EliteLink({ eliteId, ...rest }: EliteLinkProps) {
  const { hrefOf, open } = useContext(ElitePlaceContext);
  return <InPlaceLink {...rest} href={hrefOf(eliteId)} onOpen={open === null ? null : () => open(eliteId)} />;
}
