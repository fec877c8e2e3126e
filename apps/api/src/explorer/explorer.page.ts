/** GET /graphiql: the GraphQL explorer with example queries, as one self-contained page that works offline. */
import type { RequestHandler } from "express";

const examples: readonly string[] = [
  `# The fooling images with the highest confidence, with their scores.
query Gallery {
  elites(first: 10) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id label storedConfidence searchConfidence
      image { url width height scores { topLabel topConfidence model { name } } }
      run { key name }
    }
  }
}
`,
  `# An evolution by its key: its state, statistics and archive.
query Run {
  node(id: "RUN-1") {
    ... on EvolutionRun {
      key name state generation generations median speed secondsLeft
      statistics { generation median mean jumps }
      archive { niche label storedConfidence image { url } }
    }
  }
}
`,
  `# The models and encodings for new runs.
query Choices {
  models { nodes { id slug name testError labels } }
  encodings { id label presets { id label source } parameters { name kind default minimum maximum choices } }
}
`,
  `# Create an experiment. Then start a run in it with startEvolution.
mutation Create {
  createExperiment(input: { name: "Ten digits" }) {
    __typename
    ... on CreateExperimentSuccess { experiment { id key name } }
    ... on Error { code message }
  }
}
`,
  `# A run's event log, followed by new events.
subscription Watch {
  runEvents(runId: "RUN-1", since: 0) {
    seq kind createdAt change { from to reason }
    run { state progress median }
    elites { label storedConfidence }
  }
}
`,
];

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'none'",
].join("; ");

/**
 * What the page does before GraphiQL starts. A link of a "Query" button has a query, its variables and headers in its fragment, which become
 * the first tab. GraphiQL would write each edit into the address, which then soon is too long for a server; this page's address stays as it
 * is. The theme is that of the web application until GraphiQL's own is chosen.
 *
 * A session alone may send only the operations of the web application, so each request also has an explorer token, which the page fetches
 * before it sends an operation. Visitors and a single user need no token.
 */
const pageScript = `
  const send = window.fetch.bind(window);
  // The page may be in a workspace, such as /w/lab/graphiql. Its operations are then, too.
  const within = (path) => location.pathname.replace("/graphiql", path);
  const fetchToken = async () => {
    const response = await send(within("/graphiql/token"), { method: "POST" });
    const { token = null, expiresInSeconds = 0, errors } = await response.json();
    if (errors) throw new Error(errors[0].message);
    return { token, until: performance.now() + 1_000 * (expiresInSeconds - 60) };
  };
  let held = null;
  const readToken = async () => {
    if (held === null || (await held).until < performance.now()) held = fetchToken();
    held.catch(() => {
      held = null;
    });
    return (await held).token;
  };
  window.fetch = async (address, init) => {
    const request = new Request(address, init);
    const token = await readToken();
    if (token !== null) request.headers.set("x-explorer-token", token);
    const response = await send(request);
    // The user may have signed in again in another tab, so get a new token next time.
    if (response.status === 403) held = null;
    return response;
  };
  const connectionParams = async () => {
    const token = await readToken();
    return token === null ? {} : { explorerToken: token };
  };
  const readLink = (options) => {
    const link = new URLSearchParams(location.hash.slice(1));
    const [query, variables, headers] = ["query", "variables", "headers"].map((name) => link.get(name) ?? undefined);
    history.replaceState({}, "", location.pathname);
    const theme = localStorage.getItem("theme");
    const endpoint = within(options.endpoint);
    const shared = { ...options, endpoint, connectionParams, onEditQuery: () => {}, defaultTheme: theme === "light" || theme === "dark" ? theme : undefined };
    if (query === undefined) return shared;
    return { ...shared, query, variables, headers, defaultTabs: [{ query, variables, headers }, ...options.defaultTabs] };
  };`;

/** On a phone, the response goes below the query; there is no room beside it. */
const narrowLayout = `<style>
  @media (max-width: 700px) {
    #graphiql-session { flex-direction: column; min-height: 0; }
    #graphiql-session > div:not(.graphiql-horizontal-drag-bar) { flex: 1 1 50% !important; min-height: 0; }
    #graphiql-session > .graphiql-horizontal-drag-bar, .graphiql-container .graphiql-logo { display: none; }
  }
</style>`;

let page: Promise<string> | null = null;

/** The page has 9 MB, so it is rendered once, on first request. */
function renderPage(): Promise<string> {
  page ??= import("@graphql-yoga/render-graphiql").then(({ renderGraphiQL }) => {
    const options = {
      title: "Pareidolia GraphiQL",
      endpoint: "/graphql",
      subscriptionsProtocol: "WS",
      defaultQuery: examples[0] ?? "",
      defaultTabs: examples.map((query) => ({ query })),
    };
    const html = renderGraphiQL(options as Parameters<typeof renderGraphiQL>[0]);
    const start = html.lastIndexOf("YogaGraphiQL.renderYogaGraphiQL(");
    const call = html.slice(start).replace(JSON.stringify(options), (text) => `readLink(${text})`);
    return `${html.slice(0, start)}${pageScript}\n${call}`.replace("</head>", () => `${narrowLayout}</head>`);
  });
  return page;
}

export const serveExplorer: RequestHandler = async (_request, response) => {
  response.setHeader("Content-Security-Policy", contentSecurityPolicy);
  response.type("html").send(await renderPage());
};
