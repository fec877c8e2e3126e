"use client";
/** A result's page while it loads, if it does not exist, or if it could not be loaded. */
import type { CombinedError } from "urql";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ResultSkeleton } from "./ResultSkeleton.tsx";

interface ResultStateProps {
  /** The kind of result, such as "elite". */
  readonly noun: string;
  readonly notFound: boolean;
  readonly error: CombinedError | undefined;
  onRetry(): void;
}

export function ResultState({ noun, notFound, error, onRetry }: ResultStateProps) {
  const path = <PagePath steps={[{ label: "Gallery", href: "/gallery" }]} here={noun} />;
  if (notFound)
    return (
      <div className="page">
        {path}
        <h1>There is no such {noun}</h1>
        <EmptyState title="No image at this address" action={<ButtonLink href="/gallery">Open the gallery</ButtonLink>}>
          The address may be mistyped, the run may have been deleted, or the image may belong to another installation.
        </EmptyState>
      </div>
    );
  if (error !== undefined)
    return (
      <div className="page">
        {path}
        <h1>{noun.charAt(0).toUpperCase() + noun.slice(1)}</h1>
        <RequestError message={error.message} onRetry={onRetry} />
      </div>
    );
  return (
    <>
      {path}
      <ResultSkeleton noun={noun} />
    </>
  );
}
