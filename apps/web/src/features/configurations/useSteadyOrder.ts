"use client";
/** The order of rows that may change by itself, held still while somebody points at them or walks through them by keyboard. */
import { type FocusEvent, useRef, useState } from "react";
import { keepPlaces } from "./standings.ts";

/** `wish` is what somebody asked for: a new one is followed at once. */
export function useSteadyOrder(wanted: readonly number[], wish: string) {
  const [pointed, setPointed] = useState(false);
  const [walked, setWalked] = useState(false);
  const kept = useRef({ wish, indexes: wanted });
  const held = (pointed || walked) && kept.current.wish === wish;
  const indexes = held ? keepPlaces(kept.current.indexes, wanted) : wanted;
  kept.current = { wish, indexes };
  return {
    indexes,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target }: FocusEvent<HTMLElement>) => setWalked(target.matches(":focus-visible")),
      onBlur: () => setWalked(false),
    },
  };
}
