/** The page of a shared experiment while it loads, if it cannot be read, and if nothing is shared at its address. */
import { RequestError } from "../marks/ErrorState.tsx";
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { MissingExperiment } from "./MissingExperiment.tsx";

interface SharedStateProps {
  readonly notFound: boolean;
  readonly message: string | undefined;
  readonly onRetry: () => void;
}

export function SharedState({ notFound, message, onRetry }: SharedStateProps) {
  if (notFound) return <MissingExperiment />;
  return (
    <>
      <h1>{message === undefined ? <Skeleton width={320} height={36} /> : "Experiment"}</h1>
      {message === undefined ? <SkeletonLines count={6} height={72} /> : <RequestError message={message} onRetry={onRetry} forVisitors />}
    </>
  );
}
