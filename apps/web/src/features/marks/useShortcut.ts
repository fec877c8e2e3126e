"use client";
/** A keyboard shortcut of a page. A modal dialog or the palette receives all keys instead of the page, the one that closes it included. */
import { type HotkeyCallback, type Options, useHotkeys } from "react-hotkeys-hook";

function isForDialog(event: KeyboardEvent): boolean {
  // React may have closed the dialog in which the key was pressed.
  return document.querySelector("dialog:modal") !== null || event.composedPath().some((target) => target instanceof HTMLDialogElement);
}

export function useShortcut(keys: string, callback: HotkeyCallback, options: Options = {}): void {
  const { ignoreEventWhen, ...rest } = options;
  useHotkeys(keys, callback, { ...rest, ignoreEventWhen: (event) => isForDialog(event) || (ignoreEventWhen?.(event) ?? false) });
}
