"use client";
/**
 * Links between our pages. Next would load every link in view in advance, at two requests a link; these load when the pointer, a finger or
 * the focus reaches them.
 */
import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

interface LinkProps extends Omit<ComponentProps<typeof NextLink>, "prefetch"> {
  /** False for the links of large grids, where the pointer crosses many. */
  readonly prefetch?: false;
}

export function Link({ prefetch, onPointerEnter, onTouchStart, onFocus, ...rest }: LinkProps) {
  const [isLikely, setIsLikely] = useState(false);
  return (
    <NextLink
      {...rest}
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
