"use client";
/** Keeps rows in place while the pointer or the keyboard focus is on the table, although live updates would change their order. */
import { type FocusEvent, useRef, useState } from "react";
import { keepOrder } from "./standings.ts";

/** @param orderKey The order that the user selected; a new one takes effect immediately. */
export function useSteadyOrder(sorted: readonly number[], orderKey: string) {
  const [isHovered, setIsHovered] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const last = useRef({ orderKey, indexes: sorted });
  const isSteady = (isHovered || isFocused) && last.current.orderKey === orderKey;
  const indexes = isSteady ? keepOrder(last.current.indexes, sorted) : sorted;
  last.current = { orderKey, indexes };
  return {
    indexes,
    handlers: {
      onPointerEnter: () => setIsHovered(true),
      onPointerLeave: () => setIsHovered(false),
      onFocus: ({ target }: FocusEvent<HTMLElement>) => setIsFocused(target.matches(":focus-visible")),
      onBlur: () => setIsFocused(false),
    },
  };
}
