"use client";
/**
 * Links between our pages, in the page's workspace. Next would load every link in view in advance, at two requests a link; these load when
 * the pointer, a finger or the focus reaches them. A link to another workspace, or out of all, loads a new document.
 */
import NextLink from "next/link";
import { type ComponentProps, useState } from "react";
import { useWorkspaceSlug } from "../addresses/navigation.ts";
import { addressIn, isInPlace } from "../addresses/pageAddress.ts";

interface LinkProps extends Omit<ComponentProps<typeof NextLink>, "prefetch" | "href"> {
  readonly href: string;
  /** False for the links of large grids, where the pointer crosses many. */
  readonly prefetch?: false;
}

export function Link({ href, prefetch, onPointerEnter, onTouchStart, onFocus, replace, scroll, ...rest }: LinkProps) {
  const [isLikely, setIsLikely] = useState(false);
  const slug = useWorkspaceSlug();
  const address = addressIn(slug, href);
  if (!isInPlace(slug, address)) return <a href={address} {...rest} {...{ onPointerEnter, onTouchStart, onFocus }} />;
  return (
    <NextLink
      {...rest}
      href={address}
      {...(replace === undefined ? {} : { replace })}
      {...(scroll === undefined ? {} : { scroll })}
      prefetch={isLikely && prefetch !== false ? null : false}
      onPointerEnter={(event) => {
        setIsLikely(true);
        onPointerEnter?.(event);
      }}
      onTouchStart={(event) => {
        setIsLikely(true);
        onTouchStart?.(event);
      }}
      onFocus={(event) => {
        setIsLikely(true);
        onFocus?.(event);
      }}
    />
  );
}
