/** A page of a one-time link before its form: while the link is checked, and if it does not work. */
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import type { Refusal } from "../session/account.ts";
import { EntranceMessage } from "./FormParts.tsx";
import { isSpent } from "./useDescribedLink.ts";

export function LinkSkeleton() {
  return <SkeletonLines count={6} height={56} />;
}

interface ClosedLinkProps {
  readonly refusal: Refusal;
  readonly onRetry: () => void;
  /** What to do if the link no longer works. */
  readonly children: ReactNode;
}

export function ClosedLink({ refusal, onRetry, children }: ClosedLinkProps) {
  if (!isSpent(refusal))
    return (
      <EntranceMessage title="The link could not be checked" action={<Button onClick={onRetry}>Try again</Button>}>
        {refusal.message}
      </EntranceMessage>
    );
  return (
    <EntranceMessage title="This link does not work" action={<ButtonLink href="/sign-in">Sign in</ButtonLink>}>
      {children}
    </EntranceMessage>
  );
}
