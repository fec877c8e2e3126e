/** Finds types, fields, arguments and enum values by words of their names and descriptions. */
import { addressOf, type ReferenceType } from "./referenceType.ts";

export interface FoundPart {
  /** Such as Query.runs(search). */
  readonly path: string;
  readonly address: string;
  readonly description: string;
}

interface Part extends FoundPart {
  readonly name: string;
}

function partsOf({ name: owner, description, fields, values }: ReferenceType): readonly Part[] {
  return [
    { path: owner, name: owner, address: addressOf(owner), description },
    ...fields.flatMap((field) => [
      { path: `${owner}.${field.name}`, name: field.name, address: addressOf(owner, field.name), description: field.description },
      ...field.arguments.map(({ name, description: text }) => ({
        path: `${owner}.${field.name}(${name})`,
        name,
        address: addressOf(owner, `${field.name}.${name}`),
        description: text,
      })),
    ]),
    ...values.map(({ name, description: text }) => ({
      path: `${owner}.${name}`,
      name,
      address: addressOf(owner, name),
      description: text,
    })),
  ];
}

/** Higher is better; 0 if a word is in neither the path nor the description. */
function scoreOf({ path, name, description }: Part, text: string, words: readonly string[]): number {
  const [inPath, inName, inDescription] = [path.toLowerCase(), name.toLowerCase(), description.toLowerCase()];
  if (!words.every((word) => inPath.includes(word) || inDescription.includes(word))) return 0;
  if (inPath === text || inName === text) return 4;
  if (inName.startsWith(text)) return 3;
  return words.every((word) => inPath.includes(word)) ? 2 : 1;
}

/** The best parts first; parts of equal rank keep the order of the schema. An empty text finds nothing. */
export function findParts(types: readonly ReferenceType[], typed: string, most: number): readonly FoundPart[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return [];
  return types
    .flatMap(partsOf)
    .map((part) => ({ part, score: scoreOf(part, text, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.part.path.length - b.part.path.length)
    .slice(0, most)
    .map(({ part: { path, address, description } }) => ({ path, address, description }));
}
