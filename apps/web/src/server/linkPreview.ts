/** The tags by which services preview the link of a page for visitors: title, description, and the sheet of the experiment's best images. */
import { withShareToken } from "../features/addresses/shareToken.ts";
import type { SharedHeading } from "./findSharedExperiment.ts";

/** Of the API's sheets, in pixels. */
const size = { width: 1200, height: 630 } as const;
const maxDescription = 200;

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= maxDescription ? line : `${line.slice(0, maxDescription - 1).trimEnd()}…`;
}

/** The experiment's own words or, without any, what is in it. */
export function describeShared({ description, workspaceName, runCount, modelNames }: SharedHeading): string {
  if (description.trim() !== "") return shorten(description);
  const against = modelNames.length === 0 ? "" : ` against ${modelNames.join(", ")}`;
  return shorten(`An experiment by ${workspaceName} on fooling images: ${runCount} ${runCount === 1 ? "run" : "runs"}${against}.`);
}

interface LinkPreview {
  /** Where a browser reaches this application. */
  readonly origin: string;
  readonly heading: SharedHeading;
  /** Of the run, on its page. */
  readonly runName?: string;
  /** The secret part of the link of an unlisted experiment. The tags then omit the page's address. */
  readonly shareToken?: string;
  /** The page's path. */
  readonly path: string;
}

/** The metadata of a page, in Next's format. */
export function linkPreview({ origin, heading, runName, shareToken, path }: LinkPreview) {
  const title = runName === undefined ? heading.name : `${runName}, ${heading.name}`;
  const description = describeShared(heading);
  const url = withShareToken(`${origin}/contact-sheets/${encodeURIComponent(heading.id)}/preview.png`, shareToken ?? null);
  const images = heading.runCount === 0 ? [] : [{ url, ...size, type: "image/png", alt: `Images of ${heading.name}` }];
  const address = shareToken === undefined ? { url: `${origin}${path}` } : {};
  return {
    title,
    description,
    openGraph: { type: "article" as const, siteName: "Pareidolia", title, description, images, ...address },
    twitter: { card: images.length === 0 ? ("summary" as const) : ("summary_large_image" as const), title, description, images },
    ...(shareToken === undefined ? { alternates: { canonical: `${origin}${path}` } } : {}),
  };
}
