import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SharedExperimentPage } from "../../../../features/publicExperiments/SharedExperimentPage.tsx";
import { findLinkedExperiment } from "../../../../server/findSharedExperiment.ts";
import { linkPreview } from "../../../../server/linkPreview.ts";
import { readOrigin } from "../../../../server/readOrigin.ts";

type Props = { params: Promise<{ token: string }> };

/** The page and its title share one request. */
const find = cache(findLinkedExperiment);

/** Only people with the link read the page, and search engines are no such people. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const heading = await find(token);
  const robots = { index: false, follow: false };
  if (heading === null || heading === "unknown") return { robots, title: heading === null ? "No such experiment" : "Shared experiment" };
  return { robots, ...linkPreview({ origin: await readOrigin(), heading, shareToken: token, path: `/shared/${token}` }) };
}

export default async function Page({ params }: Props) {
  const { token } = await params;
  if ((await find(token)) === null) notFound();
  return <SharedExperimentPage token={token} />;
}
