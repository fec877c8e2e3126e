import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { readStudyAddress } from "../../../../features/voting/studyAddress.ts";
import { VotingPage } from "../../../../features/voting/VotingPage.tsx";
import { languagesOfTexts, preferredLanguage, textsIn } from "../../../../features/voting/votingTexts.ts";
import { findLinkedBallot } from "../../../../server/findLinkedBallot.ts";
import { readerLanguages } from "../../../../server/readerLanguages.ts";

type Props = { params: Promise<{ study: string }> };

/** The page and its title share one request. Members' studies are read by the page itself, with their session. */
const find = cache(async (segment: string) => {
  const address = readStudyAddress(segment);
  return "link" in address ? findLinkedBallot(address.link) : "unknown";
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find((await params).study);
  if (found !== null && found !== "unknown") return { title: found.title };
  const texts = textsIn(preferredLanguage(languagesOfTexts, await readerLanguages()));
  return { title: found === null ? texts.missingTitle : texts.study };
}

export default async function Page({ params }: Props) {
  const { study } = await params;
  if ((await find(study)) === null) notFound();
  return <VotingPage address={readStudyAddress(study)} />;
}
