import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readStudyAddress } from "../../../../../../features/voting/studyAddress.ts";
import { VotingPage } from "../../../../../../features/voting/VotingPage.tsx";
import { languagesOfTexts, preferredLanguage, textsIn } from "../../../../../../features/voting/votingTexts.ts";
import { readerLanguages } from "../../../../../../server/readerLanguages.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: textsIn(preferredLanguage(languagesOfTexts, await readerLanguages())).study };
}

/** Where members vote on a study. The page reads it itself, with their session. Links to vote are outside of workspaces. */
export default async function Page({ params }: { params: Promise<{ study: string }> }) {
  const address = readStudyAddress((await params).study);
  if ("link" in address) notFound();
  return <VotingPage address={address} />;
}
