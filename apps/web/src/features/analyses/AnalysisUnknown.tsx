/** In the place of an analysis while nobody knows whether it was made: it is being looked up, or could not be. */
import { plainMessage } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";

interface AnalysisUnknownProps {
  readonly error: { readonly message: string } | undefined;
  onRetry(): void;
}

export function AnalysisUnknown({ error, onRetry }: AnalysisUnknownProps) {
  if (error === undefined) return <SkeletonLines count={2} height={32} />;
  return (
    <p className="second" role="alert">
      What was measured could not be loaded. {plainMessage(error.message)}{" "}
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
