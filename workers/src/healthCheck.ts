/** The health check of a worker's container: exits with 0 while the worker's heartbeats reach the database. */
import { findHeartbeatProblem } from "./heartbeatFile.ts";

const problem = await findHeartbeatProblem(process.env["PAREIDOLIA_HEARTBEAT_FILE"], new Date());
if (problem !== null) process.stderr.write(`${problem}\n`);
process.exit(problem === null ? 0 : 1);
