/** A placeholder for an analysis while it loads, or the error if loading fails. */
import { plainMessage } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";

interface AnalysisPlaceholderProps {
  readonly error: { readonly message: string } | undefined;
  onRetry(): void;
}

export function AnalysisPlaceholder({ error, onRetry }: AnalysisPlaceholderProps) {
  if (error === undefined) return <SkeletonLines count={2} height={32} />;
  return (
    <p className="second" role="alert">
      The analysis could not be loaded. {plainMessage(error.message)}{" "}
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
