/** An archive as text: a character for each niche, by its confidence on the nines scale, for terminals without images. */

import { printable } from "../output/controlCharacters.ts";
import { formatConfidence } from "../output/numbers.ts";
import { shorten } from "../output/table.ts";

export interface Niche {
  readonly niche: number;
  readonly label: string;
  /** Confidence on the stored image, 0 to 1. */
  readonly storedConfidence: number;
}

/** From no elite to .9999 and more: a step for each further nine. */
const shades = [
  { least: 0.9999, character: "█" },
  { least: 0.999, character: "▓" },
  { least: 0.99, character: "▒" },
  { least: 0.9, character: "░" },
  { least: 0.5, character: ":" },
  { least: 0, character: "." },
] as const;
const empty = " ";

export const shadeLegend = shades.map(({ least, character }) => `${character} ${least}`).join("  ");

function shadeOf(confidence: number): string {
  return shades.find(({ least }) => confidence >= least)?.character ?? empty;
}

/** Few niches get a line each; many get a character each, `width` to a line. */
export function drawArchiveText(
  niches: readonly Niche[],
  nicheCount: number,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  if (nicheCount <= Math.min(20, height)) return niches.map((niche) => drawLine(niche, width)).join("");
  const characters = Array<string>(nicheCount).fill(empty);
  for (const { niche, storedConfidence } of niches) characters[niche] = shadeOf(storedConfidence);
  const lines: string[] = [];
  for (let start = 0; start < nicheCount; start += width)
    lines.push(
      characters
        .slice(start, start + width)
        .join("")
        .trimEnd(),
    );
  return [...lines, shadeLegend].map((line) => `${line}\n`).join("");
}

const labelWidth = 24;

function drawLine({ label, storedConfidence }: Niche, width: number): string {
  const bar = Math.max(0, Math.min(40, width - labelWidth - 12));
  const name = shorten(printable(label), labelWidth).padEnd(labelWidth);
  const figure = formatConfidence(storedConfidence).padEnd(8);
  return `${name} ${figure} ${shadeOf(storedConfidence).repeat(Math.round(bar * storedConfidence))}`.trimEnd().concat("\n");
}
