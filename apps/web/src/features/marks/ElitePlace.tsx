"use client";
/** Where the images of elites open: on their own pages, or in a dialog on visitors' pages, because visitors cannot open them. */
import { type ComponentProps, createContext, useContext } from "react";
import { Link } from "./Link.tsx";

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

interface EliteLinkProps extends Omit<ComponentProps<typeof Link>, "href" | "prefetch" | "onClick"> {
  readonly eliteId: string;
}

/** A link in a grid. With a modifier key, it opens a tab like any other link. */
export function EliteLink({ eliteId, ...rest }: EliteLinkProps) {
  const { hrefOf, open } = useContext(ElitePlaceContext);
  return (
    <Link
      {...rest}
      href={hrefOf(eliteId)}
      prefetch={false}
      onClick={(event) => {
        if (open === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        open(eliteId);
      }}
    />
  );
}
