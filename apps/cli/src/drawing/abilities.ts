/** How a terminal can show images, according to its environment variables. */
import type { Terminal } from "../terminal.ts";

export const imageModes = ["sixel", "blocks", "text"] as const;
export type ImageMode = (typeof imageModes)[number];

/** Terminals that draw sixels in their usual settings. */
const sixelPrograms = ["WezTerm", "iTerm.app", "mintty", "mlterm", "contour", "rio"];
const sixelTerms = /^(foot|mlterm|contour|yaft|xterm-sixel|.*-sixel)/;

export function findImageMode({ outIsTty, environment }: Pick<Terminal, "outIsTty" | "environment">): ImageMode {
  const term = environment["TERM"] ?? "";
  if (!outIsTty || term === "dumb" || (environment["NO_COLOR"] ?? "") !== "") return "text";
  // A multiplexer shows only what it knows, whatever the terminal around it can do.
  const isMultiplexed = environment["TMUX"] !== undefined || /^(tmux|screen)/.test(term);
  if (!isMultiplexed && (sixelPrograms.includes(environment["TERM_PROGRAM"] ?? "") || sixelTerms.test(term))) return "sixel";
  const hasColours =
    /^(truecolor|24bit)$/.test(environment["COLORTERM"] ?? "") || term.endsWith("-direct") || environment["WT_SESSION"] !== undefined;
  return hasColours ? "blocks" : "text";
}
