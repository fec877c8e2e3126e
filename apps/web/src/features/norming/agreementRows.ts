/** The rows and the scale of the chart of agreement before and after the discussion. */

export interface Coefficient {
  readonly estimate?: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly images: number;
  readonly votes: number;
  readonly reason?: string | null;
}

export interface AgreementRow {
  readonly name: string;
  readonly isAgain: boolean;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly images: number;
  readonly votes: number;
  readonly reason: string | null;
}

const rowOf = (name: string, isAgain: boolean, { estimate, low, high, images, votes, reason }: Coefficient): AgreementRow => ({
  name,
  isAgain,
  estimate: estimate ?? null,
  low: low ?? null,
  high: high ?? null,
  images,
  votes,
  reason: reason ?? null,
});

const sameImages = "Blind, same";

/** The blind votes on the same images have a row of their own where the second votes are on fewer images than all blind ones. */
export function agreementRows(agreement: {
  readonly blind: Coefficient;
  readonly blindOnSameImages: Coefficient;
  readonly again: Coefficient;
}): readonly AgreementRow[] {
  const { blind, blindOnSameImages, again } = agreement;
  const differs = again.votes > 0 && blindOnSameImages.votes !== blind.votes;
  return [rowOf("Blind", false, blind), ...(differs ? [rowOf(sameImages, false, blindOnSameImages)] : []), rowOf("Again", true, again)];
}

/** `blind votes on 3 images, second votes on no image yet`. */
export function imagesOfRows(rows: readonly AgreementRow[]): string {
  const texts = rows.map(({ name, isAgain, images }) => {
    const votes = isAgain ? "second votes" : name === sameImages ? "blind votes that have a second" : "blind votes";
    return `${votes} on ${images === 0 ? "no image yet" : images === 1 ? "1 image" : `${images} images`}`;
  });
  return texts.join(", ");
}

const step = 0.25;

/** From 0, or the quarter below the lowest value, to 1. */
export function agreementScale(rows: readonly AgreementRow[]): { readonly low: number; readonly ticks: readonly number[] } {
  const lowest = Math.min(0, ...rows.flatMap(({ estimate, low }) => [estimate ?? 0, low ?? 0]));
  const low = Math.floor(lowest / step) * step;
  const count = Math.round((1 - low) / step);
  const every = count > 6 ? 2 : 1;
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step).filter((tick) => Math.round(tick / step) % every === 0);
  return { low, ticks };
}

/** `.29`, `−.08`, `1`, `0`: two decimals without the leading zero. */
export function formatAlpha(value: number): string {
  const text = Math.abs(value)
    .toFixed(2)
    .replace(/\.?0+$/, "")
    .replace(/^0(?=\.)/, "");
  return value < 0 && text !== "0" ? `−${text}` : text;
}
