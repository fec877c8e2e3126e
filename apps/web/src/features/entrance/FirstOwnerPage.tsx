"use client";
/** The page of the link that the server prints at its first start: creates the owner account and starts the demo run. */
import { EntranceFrame } from "./EntranceFrame.tsx";
import { FirstOwnerForm, type OwnerLink } from "./FirstOwnerForm.tsx";
import { ClosedLink, LinkSkeleton } from "./LinkStates.tsx";
import { useDescribedLink } from "./useDescribedLink.ts";

export function FirstOwnerPage({ token, startsDemo }: { token: string; startsDemo: boolean }) {
  const { link, retry } = useDescribedLink<OwnerLink>("/owner-link", token);
  return (
    <EntranceFrame note="first start" footNote="The link works once.">
      {link.state === "loading" ? (
        <LinkSkeleton />
      ) : link.state === "open" ? (
        <FirstOwnerForm token={token} link={link.link} startsDemo={startsDemo} />
      ) : (
        <ClosedLink refusal={link.refusal} onRetry={retry}>
          It was used already, has expired, or was replaced when the server started again. If you have no account yet, restart the server:
          it prints a new link.
        </ClosedLink>
      )}
    </EntranceFrame>
  );
}
