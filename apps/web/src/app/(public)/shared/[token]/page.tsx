import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SharedExperimentPage } from "../../../../features/publicExperiments/SharedExperimentPage.tsx";
import { findLinkedExperiment } from "../../../../server/findSharedExperiment.ts";

type Props = { params: Promise<{ token: string }> };

/** The page and its title share one request. */
const find = cache(findLinkedExperiment);

/** Only people with the link read the page, and search engines are no such people. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find((await params).token);
  const robots = { index: false, follow: false };
  return { robots, title: found === null ? "No such experiment" : found === "unknown" ? "Shared experiment" : found.name };
}

export default async function Page({ params }: Props) {
  const { token } = await params;
  if ((await find(token)) === null) notFound();
  return <SharedExperimentPage token={token} />;
}
