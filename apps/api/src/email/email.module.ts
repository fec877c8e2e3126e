/** API module for the e-mails of a workspace. */

import type { EmailRecord } from "@pareidolia/persistence/workspace/emails/readEmails";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners } from "../policy/actions.ts";
import { EmailResolver } from "./email.resolver.ts";
import { EmailService } from "./email.service.ts";
import { emailConnection } from "./email.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly emails: EmailService;
  }
  interface Loaders {
    readonly email: Load<EmailRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Email: EmailRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "email:read": owners, "email:sendAgain": owners };

export const emailModule: NounModule = {
  resolvers: [EmailResolver, emailConnection.resolver],
  actions,
  services: {
    emails: ({ database }) => new EmailService(database),
  },
  loaders: {
    email: ({ actor, services }) => new DataLoader((ids) => services.emails.load(actor, ids)),
  },
  nodes: {
    Email: { byId: ({ email }) => email },
  },
};
