/** In place of a comparison: that one of its studies is hidden from the researcher, who may still vote in it, or that loading failed. */
import type { CombinedError } from "urql";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { refusalOf } from "../studyResults/useStudyResults.ts";

export function ComparisonProblem({ error, onRetry }: { readonly error: CombinedError; readonly onRetry: () => void }) {
  const refusal = refusalOf(error);
  if (refusal === null) return <RequestError message={error.message} onRetry={onRetry} />;
  return (
    <EmptyState title="This comparison is not open to you" action={<ButtonLink href="/studies">Studies</ButtonLink>}>
      It shows labels and other people’s votes, so it opens to researchers, and to a researcher who votes in one of the studies only after
      the last trial. {refusal}
    </EmptyState>
  );
}
