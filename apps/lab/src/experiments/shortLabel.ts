/** The first name of a class, short enough for a caption: ImageNet's labels are lists of synonyms. */
export function shortLabel(labels: readonly string[], classIndex: number): string {
  return (labels[classIndex] ?? `class ${classIndex}`).split(",")[0] ?? "";
}
