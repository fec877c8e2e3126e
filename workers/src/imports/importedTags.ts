/** Tags of other programs as this product's tags: lower case, its characters, at most 40 of them, and at most 30 tags a run. */
const longest = 40;
const most = 30;

export function toTags(texts: readonly string[]): string[] {
  const names = texts.map((text) =>
    Array.from(
      text
        .normalize("NFC")
        .toLowerCase()
        .replaceAll(/[^\p{Ll}\p{Lo}\p{M}\p{N} ._+#:/-]+/gu, "-")
        .replaceAll(/\s+/gu, " ")
        .trim(),
    )
      .slice(0, longest)
      .join("")
      .trim(),
  );
  return [...new Set(names.filter((name) => name !== ""))].slice(0, most);
}
