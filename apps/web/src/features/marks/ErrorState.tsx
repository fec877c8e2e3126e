"use client";
/** What happened, what was kept, what to do. */
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

interface ErrorStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onRetry?: () => void;
}

export function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  return (
    <div className="emptyState" role="alert">
      <h2 className="t18">{title}</h2>
      {children ? <p>{children}</p> : null}
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

/** For a request that did not come through: nothing on the server changed, and the page can ask again. */
export function RequestError({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <ErrorState title="This page could not be loaded" {...(onRetry ? { onRetry } : {})}>
      {message.replace(/^\[(Network|GraphQL)\]\s*/, "")} Runs go on by themselves; nothing was lost.
    </ErrorState>
  );
}
