/** The page of an address that names no study, in the reader's language. */
import { MissingStudy } from "../../../../features/voting/MissingStudy.tsx";
import { languagesOfTexts, preferredLanguage } from "../../../../features/voting/votingTexts.ts";
import { readerLanguages } from "../../../../server/readerLanguages.ts";

export default async function NotFound() {
  return <MissingStudy language={preferredLanguage(languagesOfTexts, await readerLanguages())} />;
}
