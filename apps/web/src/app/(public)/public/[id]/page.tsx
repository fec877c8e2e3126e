import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PublicExperimentPage } from "../../../../features/publicExperiments/PublicExperimentPage.tsx";
import { findPublicExperiment } from "../../../../server/findSharedExperiment.ts";

type Props = { params: Promise<{ id: string }> };

/** The page and its title share one request. */
const find = cache(findPublicExperiment);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find(decodeURIComponent((await params).id));
  if (found === null) return { title: "No such experiment" };
  return found === "unknown" ? {} : { title: found.name, description: `An experiment of ${found.workspaceName} with fooling images.` };
}

export default async function Page({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  if ((await find(id)) === null) notFound();
  return <PublicExperimentPage id={id} />;
}
