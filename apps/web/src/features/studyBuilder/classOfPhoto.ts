/** The class that a photograph's label or file name gives: "robin", "robin.jpg", "red_panda-3.png". */
import { findClass } from "./findClass.ts";

const extension = /\.[a-z]{3,4}$/i;
/** A number at the end, as of several files of one class. */
const number = /[\s_-]*\(?\d+\)?$/;

/** The class's index; null if nothing names exactly one class. */
export function classOfPhoto(
  { name, label }: { readonly name: string; readonly label?: string | null },
  classNames: readonly string[],
): number | null {
  const stem = name.replace(extension, "").replaceAll("_", " ");
  for (const text of [label ?? "", name, stem, stem.replace(number, ""), stem.replaceAll("-", " ").replace(number, "")]) {
    const found = findClass(text, classNames);
    if (found !== null) return found;
  }
  return null;
}
