/** The source of a template without its journal, for cards. */

/** `Zhou & Firestone 2019, Nature Communications 10:1334, experiment 1` as `Zhou & Firestone 2019, experiment 1`. */
export function shortSource(source: string): string {
  const [, authors, part = ""] = /^(.*?\b\d{4})\b(?:.*(, experiment .+))?/.exec(source) ?? [];
  return authors === undefined ? source : `${authors}${part}`;
}
