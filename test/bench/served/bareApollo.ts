/** The other side of P6: Apollo's own server with a schema of one field, and nothing else. */
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSchema } from "graphql";

const server = new ApolloServer({ schema: buildSchema("type Query { hello: String }") });
const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: 0 } });
console.log(url);
