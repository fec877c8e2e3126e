"use client";
/** A link in a grid that may show its target without another page. With a modifier key, it opens a tab like any other link. */
import type { ComponentProps } from "react";
import { Link } from "./Link.tsx";

interface InPlaceLinkProps extends Omit<ComponentProps<typeof Link>, "prefetch" | "onClick"> {
  /** Null loads the page. */
  readonly onOpen: (() => void) | null;
}

export function InPlaceLink({ onOpen, ...rest }: InPlaceLinkProps) {
  return (
    <Link
      {...rest}
      prefetch={false}
      onClick={(event) => {
        if (onOpen === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen();
      }}
    />
  );
}
