"use client";
/** The place of the shared experiment of a page, for the links on it. */
import { createContext, useContext } from "react";
import type { SharedPlace } from "./sharedAddresses.ts";

export const SharedPlaceContext = createContext<SharedPlace>({ path: "/public", shareToken: null });

export function useSharedPlace(): SharedPlace {
  return useContext(SharedPlaceContext);
}
