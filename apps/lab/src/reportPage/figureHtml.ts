/** Images and curves of an experiment, with captions that state how large images were reduced. */
import { encodeCompactPng } from "@pareidolia/images/compactPng";
import type { Figure, FigureImage } from "../experiments/experiment.ts";
import { curvesSvg } from "./curvesSvg.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { shownImage, shownSide } from "./shownImage.ts";

export function figureHtml(figure: Figure): string {
  const body = figure.kind === "curves" ? curvesSvg(figure) : imagesHtml(figure);
  if (body === "") return "";
  const note = figure.kind === "images" ? sizeNote(figure.images) : "";
  return `<figure><figcaption><b>${escapeHtml(figure.title)}.</b> ${escapeHtml(figure.caption)}${note}</figcaption>${body}</figure>`;
}

function imagesHtml({ images, columns }: Extract<Figure, { kind: "images" }>): string {
  if (images.length === 0) return "";
  const style = columns === undefined ? "" : ` style="--columns:${columns}"`;
  return `<div class="images${columns === undefined ? "" : " grid"}"${style}>${images.map((one) => imageHtml(one)).join("")}</div>`;
}

/** The first images of several figures at equal width, for the top of the page. */
export function stripHtml(figures: readonly Figure[]): string {
  const images = figures.flatMap((figure) => (figure.kind === "images" ? figure.images.slice(0, 1) : []));
  const first = images.filter(({ view = "whole" }) => view === "whole").slice(0, 6);
  return first.length === 0 ? "" : `<div class="images strip">${first.map((one) => imageHtml(one, shownSide)).join("")}</div>`;
}

/** Small images are shown at twice their size unless a width is given. */
function imageHtml({ image, caption, view = "whole" }: FigureImage, wanted?: number): string {
  const shown = shownImage(image, view);
  const width = wanted ?? shown.width * (shown.width <= shownSide / 3 ? 2 : 1);
  const source = Buffer.from(encodeCompactPng(shown)).toString("base64");
  return `<div><img width="${width}" height="${(shown.height * width) / shown.width}" alt="${escapeHtml(caption)}" src="data:image/png;base64,${source}"><span>${escapeHtml(caption)}</span></div>`;
}

function sizeNote(images: readonly FigureImage[]): string {
  const large = images.filter(({ image }) => Math.max(image.width, image.height) > shownSide);
  const sides = [...new Set(large.filter(({ view = "whole" }) => view === "whole").map(({ image }) => image.width))];
  const means =
    sides.length === 0
      ? ""
      : ` Shown at ${shownSide} of ${sides.join(" and ")} pixels per side, each the mean of the area that it covers; confidences are those of the stored images at full size.`;
  const cuts = large.some(({ view }) => view === "cut")
    ? ` ${sides.length === 0 ? "Shown" : "Differences and noise are shown"} as the central ${shownSide} x ${shownSide} pixels at full size.`
    : "";
  return escapeHtml(means + cuts);
}
