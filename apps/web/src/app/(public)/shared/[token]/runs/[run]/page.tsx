import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LinkedRunPage } from "../../../../../../features/publicExperiments/SharedRunPage.tsx";
import { linkedPlace, runPath } from "../../../../../../features/publicExperiments/sharedAddresses.ts";
import { findLinkedRun } from "../../../../../../server/findSharedExperiment.ts";
import { linkPreview } from "../../../../../../server/linkPreview.ts";
import { readOrigin } from "../../../../../../server/readOrigin.ts";

type Props = { params: Promise<{ token: string; run: string }> };

/** The page and its title share one request. */
const find = cache(findLinkedRun);

async function read({ params }: Props) {
  const { token, run } = await params;
  return { token, runId: decodeURIComponent(run) };
}

/** Only people with the link read the page, and search engines are no such people. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const { token, runId } = await read(props);
  const found = await find(token, runId);
  const robots = { index: false, follow: false };
  if (found === null || found === "unknown") return { robots, title: found === null ? "No such run" : "Shared run" };
  const path = runPath(linkedPlace(token), runId);
  return {
    robots,
    ...linkPreview({ origin: await readOrigin(), heading: found.experiment, runName: found.name, shareToken: token, path }),
  };
}

export default async function Page(props: Props) {
  const { token, runId } = await read(props);
  if ((await find(token, runId)) === null) notFound();
  return <LinkedRunPage token={token} runId={runId} />;
}
