/** How images meet the network where they may be larger than its input: for which networks that is asked, what fits, and what an address asks. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { type AddressReader, quoteAsked } from "../marks/addressProblems.ts";
import { isWholeNumber } from "../marks/wholeNumber.ts";
import type { AskedProblems } from "./askedValues.ts";
import type { ModelChoice } from "./modelDetail.ts";

type Input = Pick<ModelChoice, "name" | "width" | "height" | "channels">;

const largest = 512;
const crops = ["1", "10"] as const;

/** Below this an image has nothing to crop that a network for digits would not need. */
export function isFramed({ channels, width }: Input): boolean {
  return channels === 3 && width >= 128;
}

export function framingProblem(framing: FramingInput | null, { width, height }: Input): string | null {
  if (framing === null) return null;
  const least = Math.max(width, height);
  const fits = Number.isInteger(framing.imageSize) && framing.imageSize >= least && framing.imageSize <= largest;
  return fits ? null : `A whole number from ${least} to ${largest}.`;
}

/** What `askedFraming` reads. */
export function framingValues(framing: FramingInput | null | undefined): Record<string, string> {
  return framing ? { crops: String(framing.crops), imageSize: String(framing.imageSize) } : {};
}

/** The usual one, null, where the address asks for none that this network can have. */
export function askedFraming(
  asked: AddressReader,
  model: Input | undefined,
): { readonly framing: FramingInput | null; readonly problems: AskedProblems } {
  const [count, size] = [asked.get("crops") || null, asked.get("imageSize") || null];
  if (model === undefined || (count === null && size === null)) return { framing: null, problems: {} };
  const refused = (words: string) => {
    const said = `${words}; its images have its own size instead.`;
    return { framing: null, problems: { framing: { atField: said, atTop: said } } };
  };
  if (!isFramed(model)) return refused(`${model.name} takes no crops`);
  if (!crops.some((each) => each === count)) return refused(`crops is ${quoteAsked(count ?? "")} and must be one of ${crops.join(", ")}`);
  const framing = { crops: Number(count), imageSize: isWholeNumber(size ?? "") ? Number(size) : Number.NaN };
  const problem = framingProblem(framing, model);
  if (problem === null) return { framing, problems: {} };
  return refused(`imageSize is ${quoteAsked(size ?? "")} and must be ${problem.charAt(0).toLowerCase()}${problem.slice(1, -1)}`);
}
