"use client";
/** The page of an invitation: creates an account with the invited address, or adds the workspace to an existing one. */
import { useState } from "react";
import { Button, ButtonLink } from "../marks/Button.tsx";
import type { Account } from "../session/account.ts";
import { useSignOut } from "../session/useSignOut.ts";
import { AcceptForm } from "./AcceptForm.tsx";
import { EntranceFrame } from "./EntranceFrame.tsx";
import { EntranceMessage } from "./FormParts.tsx";
import type { Invitation } from "./invitation.ts";
import { JoinForm } from "./JoinForm.tsx";
import { ClosedLink, LinkSkeleton } from "./LinkStates.tsx";
import { RequestInvitationForm } from "./RequestInvitationForm.tsx";
import { useDescribedLink } from "./useDescribedLink.ts";

/** `account` is the user who is signed in, if any. */
export function JoinPage({ token, account }: { token: string; account: Account | null }) {
  const { link, retry } = useDescribedLink<Invitation>("/invitation", token);
  // Asked only if the link does not tell.
  const [saysHasAccount, setSaysHasAccount] = useState(false);
  const toSignIn = <Button onClick={() => setSaysHasAccount(true)}>I have an account already</Button>;
  return (
    <EntranceFrame note="invitation">
      {link.state === "loading" ? (
        <LinkSkeleton />
      ) : link.state === "closed" ? (
        <ClosedLink refusal={link.refusal} onRetry={retry}>
          The invitation was used, revoked or replaced, or has expired. If you joined with it, sign in. Otherwise ask an owner of the
          workspace for another.
        </ClosedLink>
      ) : account !== null && account.email.toLowerCase() !== link.link.email ? (
        <OtherAccount token={token} account={account} invitation={link.link} />
      ) : account !== null || (link.link.hasAccount ?? saysHasAccount) ? (
        <AcceptForm token={token} invitation={link.link} isSignedIn={account !== null}>
          {account === null && link.link.hasAccount === null ? (
            <Button onClick={() => setSaysHasAccount(false)}>I have no account yet</Button>
          ) : null}
        </AcceptForm>
      ) : link.link.needsEmail ? (
        <RequestInvitationForm token={token} invitation={link.link}>
          {toSignIn}
        </RequestInvitationForm>
      ) : (
        <JoinForm token={token} invitation={link.link}>
          {link.link.hasAccount === null ? toSignIn : null}
        </JoinForm>
      )}
    </EntranceFrame>
  );
}

function OtherAccount({ token, account, invitation }: { token: string; account: Account; invitation: Invitation }) {
  const { busy, signOut } = useSignOut();
  return (
    <EntranceMessage
      title="This invitation is for another address"
      action={
        <>
          <Button look="primary" disabled={busy} onClick={() => void signOut({ next: `/join/${encodeURIComponent(token)}` })}>
            {busy ? "Signing out" : "Sign out and continue"}
          </Button>
          <ButtonLink href="/">Stay signed in</ButtonLink>
        </>
      }
    >
      It was sent to <b>{invitation.email}</b>, and you are signed in as <b>{account.email}</b>. Sign out to use it, or ask an owner of{" "}
      {invitation.workspaceName} to invite {account.email}.
    </EntranceMessage>
  );
}
