import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { VotingPage } from "../../../../features/voting/VotingPage.tsx";
import { languagesOfTexts, preferredLanguage, textsIn } from "../../../../features/voting/votingTexts.ts";
import { findLinkedBallot } from "../../../../server/findLinkedBallot.ts";
import { readerLanguages } from "../../../../server/readerLanguages.ts";

type Props = { params: Promise<{ study: string }> };

/** The page and its title share one request. */
const find = cache(findLinkedBallot);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find((await params).study);
  if (found !== null && found !== "unknown") return { title: found.title };
  const texts = textsIn(preferredLanguage(languagesOfTexts, await readerLanguages()));
  return { title: found === null ? texts.missingTitle : texts.study };
}

export default async function Page({ params }: Props) {
  const { study } = await params;
  if ((await find(study)) === null) notFound();
  return <VotingPage address={{ link: study }} />;
}
