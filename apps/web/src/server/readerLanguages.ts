/** The languages that a reader's browser prefers, for pages that say something before their own code runs. */
import { headers } from "next/headers";

/** @param header Accept-Language, such as `de-AT,de;q=0.9,en;q=0.8`. Returns the most preferred first. */
export function languagesOf(header: string): readonly string[] {
  const weighted = header.split(",").map((entry) => {
    const [language = "", weight] = entry.split(";");
    return { language: language.trim(), weight: Number(/^\s*q=([\d.]+)\s*$/.exec(weight ?? "")?.[1] ?? 1) };
  });
  const wanted = weighted.filter(({ language, weight }) => language !== "" && weight > 0);
  return wanted.toSorted((one, other) => other.weight - one.weight).map(({ language }) => language);
}

/** Those of the current request. */
export async function readerLanguages(): Promise<readonly string[]> {
  return languagesOf((await headers()).get("accept-language") ?? "");
}
