/** API module of saved views. */
import type { ViewRecord } from "@pareidolia/persistence/lab/views/readViews";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers, researchers } from "../policy/actions.ts";
import { ViewResolver } from "./view.resolver.ts";
import { ViewService } from "./view.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly views: ViewService;
  }
  interface Loaders {
    readonly view: Load<ViewRecord | null>;
    readonly viewByNumber: DataLoader<number, ViewRecord | null>;
    readonly viewProblem: DataLoader<ViewRecord, SearchProblem | null, string>;
    readonly defaultView: Load<boolean>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly View: ViewRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Members change the views that they saved; `view:moderate` is the right to change shared ones of others. */
const actions = {
  "view:read": readers,
  "view:choose": readers,
  "view:create": researchers,
  "view:change": researchers,
  "view:delete": researchers,
  "view:restore": researchers,
  "view:moderate": owners,
};

export const viewModule: NounModule = {
  resolvers: [ViewResolver],
  actions,
  services: { views: ({ database }) => new ViewService(database) },
  loaders: {
    view: ({ actor, services }) => new DataLoader((ids) => services.views.load(actor, ids)),
    viewByNumber: ({ actor, services }) => new DataLoader((numbers) => services.views.loadByNumber(actor, numbers)),
    viewProblem: ({ actor, services }) =>
      new DataLoader((views) => services.views.loadProblems(actor, views), { cacheKeyFn: ({ id }) => id }),
    defaultView: ({ actor, services }) => new DataLoader((ids) => services.views.loadDefaults(actor, ids)),
  },
  nodes: { View: { byId: ({ view }) => view, byNumber: ({ viewByNumber }) => viewByNumber } },
};
