/**
 * The network's own class names, as voters read them. Names of ImageNet are lists of synonyms of up to 121 characters, and two of its
 * classes have the same name; a plan needs names that fit on a button and differ.
 */

/** Characters of a label's name, which has to fit on a button. */
export const maxNameLength = 100;

/** Languages in which the network's own names can be used: they are English. */
const ownLanguage = "en";

/** ImageNet's classes with equal names, distinguished by their WordNet meaning (n02012849 and n03126707). */
const sameNames: readonly { readonly label: number; readonly name: string; readonly distinct: string }[] = [
  { label: 134, name: "crane", distinct: "crane (bird)" },
  { label: 517, name: "crane", distinct: "crane (machine)" },
];
const imageNetClasses = 1000;

/** As many synonyms as fit. */
function shortened(name: string): string {
  if (name.length <= maxNameLength) return name;
  const synonyms = name.split(", ");
  while (synonyms.length > 1 && synonyms.join(", ").length > maxNameLength) synonyms.pop();
  const [first = ""] = synonyms;
  return synonyms.length > 1 || first.length <= maxNameLength ? synonyms.join(", ") : `${first.slice(0, maxNameLength - 1)}…`;
}

function distinguished(name: string, label: number, classes: number): string {
  const known = classes === imageNetClasses ? sameNames.find((one) => one.label === label && one.name === name) : undefined;
  if (known !== undefined) return known.distinct;
  const addition = ` (class ${label})`;
  return `${name.slice(0, maxNameLength - addition.length)}${addition}`;
}

/**
 * @param labels distinct classes.
 * @returns a name of each label; null where the network has none in this language. Names without letters, such as digits, are the same in
 *   every language.
 */
export function ownNames(classNames: readonly string[], labels: readonly number[], language: string): (string | null)[] {
  const names = labels.map((label) => {
    const name = classNames[label];
    const stands = name !== undefined && (language.startsWith(ownLanguage) || !/\p{Letter}/u.test(name));
    return stands ? shortened(name) : null;
  });
  const counts = new Map<string | null, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) =>
    name === null || counts.get(name) === 1 ? name : distinguished(name, labels[index] as number, classNames.length),
  );
}
