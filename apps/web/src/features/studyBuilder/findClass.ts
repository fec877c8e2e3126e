/** Finds the class that a text names: by its whole label, or by its usual name without synonyms. */
import { splitLabel } from "../marks/labels.ts";

/** The class's index; null if no class, or more than one, has this name. */
export function findClass(text: string, classNames: readonly string[]): number | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return null;
  const whole = classNames.findIndex((name) => name.toLowerCase() === wanted);
  if (whole >= 0) return whole;
  const usual = classNames.flatMap((name, index) => (splitLabel(name).name.toLowerCase() === wanted ? [index] : []));
  return usual.length === 1 ? (usual[0] as number) : null;
}
