"use client";
/** What happened, what was kept, what to do. */
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import emptyStateStyles from "./EmptyState.module.css";
import { noAnswerWords } from "./noAnswer.ts";

interface ErrorStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onRetry?: () => void;
}

function ErrorState({ title, children, onRetry }: ErrorStateProps) {
  return (
    <div className={emptyStateStyles.emptyState} role="alert">
      <h2 className="t18">{title}</h2>
      {children ? <p>{children}</p> : null}
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

/** What Chromium, Firefox and Safari say when nobody answers. */
const silence = /^(Failed to fetch|NetworkError when attempting to fetch resource|Load failed)\.?$/;

function sentence(line: string): string {
  const words = line.replace(/^\[(Network|GraphQL)\]\s*/, "").trim();
  if (silence.test(words)) return noAnswerWords();
  return words === "" || /[.?]$/.test(words) ? words : `${words}.`;
}

/** urql puts one line an error and names its kind in brackets; a reader needs each sentence once. */
export function plainMessage(message: string): string {
  return [...new Set(message.split("\n").map(sentence))].join(" ");
}

/** For a request that did not come through: nothing on the server changed, and the page can ask again. */
export function RequestError({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <ErrorState title="This page could not be loaded" {...(onRetry ? { onRetry } : {})}>
      {plainMessage(message)} Runs continue by themselves; nothing was lost.
    </ErrorState>
  );
}
