/** Text in BibTeX. */

/** Without the characters that TeX would read as commands, or with them escaped. */
export function escapeTex(text: string): string {
  return text
    .replaceAll(/[\\{}]/g, "")
    .replaceAll(/[&%$#_]/g, "\\$&")
    .replaceAll("~", "\\textasciitilde{}")
    .replaceAll("^", "\\textasciicircum{}");
}
