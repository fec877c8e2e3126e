"use client";
/** Whose unsent texts the page keeps, and in which workspace; null until it is known. */
import { createContext } from "react";
import type { DraftOwner } from "./draftStore.ts";

export const DraftOwnerContext = createContext<DraftOwner | null>(null);
