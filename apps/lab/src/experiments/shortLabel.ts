/** A class's first name, as a caption has room for it: ImageNet's labels are lists of synonyms. */
export function shortLabel(labels: readonly string[], classIndex: number): string {
  return (labels[classIndex] ?? `class ${classIndex}`).split(",")[0] ?? "";
}
