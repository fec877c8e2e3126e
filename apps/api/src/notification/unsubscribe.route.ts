/**
 * /email-choices/TOKEN ends a member's e-mails about one workspace. Mail programs post to it (RFC 8058, one click) without a session; a person
 * who opens it in a browser gets the page with the button, since programs that check links must not unsubscribe anyone.
 */
import { notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { readUnsubscribeToken, stopEmails } from "@pareidolia/persistence/workspace/notifications/unsubscribeToken";
import { Router } from "express";

export const unsubscribePath = "/email-choices";

export function serveUnsubscribe({ database, secret }: { readonly database: Database; readonly secret: string | null }): Router {
  const router = Router();
  router.get("/:token", (request, response) => response.redirect(303, `/unsubscribe/${encodeURIComponent(request.params.token)}`));
  router.post("/:token", async (request, response) => {
    const membershipId = secret === null ? null : readUnsubscribeToken(secret, request.params.token);
    if (membershipId === null) {
      response.status(404).type("text/plain").send("This link is not valid. Copy the whole link from the e-mail.");
      return;
    }
    await stopEmails(database.connection, membershipId, notificationKinds);
    response.type("text/plain").send("You get no more e-mails about this workspace.");
  });
  return router;
}
