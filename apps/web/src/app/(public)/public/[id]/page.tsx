import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PublicExperimentPage } from "../../../../features/publicExperiments/PublicExperimentPage.tsx";
import { findPublicExperiment } from "../../../../server/findSharedExperiment.ts";
import { linkPreview } from "../../../../server/linkPreview.ts";
import { readOrigin } from "../../../../server/readOrigin.ts";

type Props = { params: Promise<{ id: string }> };

/** The page and its title share one request. */
const find = cache(findPublicExperiment);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = decodeURIComponent((await params).id);
  const heading = await find(id);
  if (heading === null) return { title: "No such experiment" };
  return heading === "unknown" ? {} : linkPreview({ origin: await readOrigin(), heading, path: `/public/${encodeURIComponent(id)}` });
}

export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  if ((await find(id)) === null) notFound();
  return <PublicExperimentPage id={id} />;
}
