"use client";
/** A keyboard shortcut of a page. While a modal dialog or the palette is open, it receives the keys instead of the page. */
import { type HotkeyCallback, type Options, useHotkeys } from "react-hotkeys-hook";

function isModalOpen(): boolean {
  return document.querySelector("dialog:modal") !== null;
}

export function useShortcut(keys: string, callback: HotkeyCallback, options: Options = {}): void {
  const { ignoreEventWhen, ...rest } = options;
  useHotkeys(keys, callback, { ...rest, ignoreEventWhen: (event) => isModalOpen() || (ignoreEventWhen?.(event) ?? false) });
}
