/** Tags of files: those of other programs are changed to tags of this product, those of its exports must be such tags. */
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";

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

/** @throws AppError CORRUPT_DATA for one that this product does not allow. */
export function requireTags(tags: readonly string[]): void {
  for (const tag of tags) if (toTags([tag])[0] !== tag) throw notRestorable(`${JSON.stringify(tag.slice(0, 60))} is not a valid tag`);
}
