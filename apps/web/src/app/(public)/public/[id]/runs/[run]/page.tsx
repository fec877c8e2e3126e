import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PublicRunPage } from "../../../../../../features/publicExperiments/SharedRunPage.tsx";
import { publicPlace, runPath } from "../../../../../../features/publicExperiments/sharedAddresses.ts";
import { findPublicRun } from "../../../../../../server/findSharedExperiment.ts";
import { linkPreview } from "../../../../../../server/linkPreview.ts";
import { readOrigin } from "../../../../../../server/readOrigin.ts";

type Props = { params: Promise<{ id: string; run: string }> };

/** The page and its title share one request. */
const find = cache(findPublicRun);

async function read({ params }: Props) {
  const { id, run } = await params;
  return { experimentId: decodeURIComponent(id), runId: decodeURIComponent(run) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { experimentId, runId } = await read(props);
  const found = await find(experimentId, runId);
  if (found === null) return { title: "No such run" };
  if (found === "unknown") return {};
  return linkPreview({
    origin: await readOrigin(),
    heading: found.experiment,
    runName: found.name,
    path: runPath(publicPlace(experimentId), runId),
  });
}

export default async function Page(props: Props) {
  const { experimentId, runId } = await read(props);
  if ((await find(experimentId, runId)) === null) notFound();
  return <PublicRunPage experimentId={experimentId} runId={runId} />;
}
