"use client";
/** The outbox, for owners: what was sent to whom, what waits, and what could not be sent. */
import { OwnersOnly } from "../settings/OwnersOnly.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { EmailTable } from "./EmailTable.tsx";

export function EmailPage() {
  return (
    <OwnersOnly tab="E-mail" needs="email:read">
      <SettingsPage tab="E-mail" summary="E-mails of the workspace: sent, waiting, and not sent.">
        <EmailTable />
      </SettingsPage>
    </OwnersOnly>
  );
}
