// Reads [[template, data], …] from standard input and prints what the official engine makes of each:
// {"value": …}, or {"error": "…"} where it throws. The argument is the folder node_modules.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const { Template } = require("adaptivecards-templating");

function outcome([template, data]) {
  try {
    return { value: new Template(template).expand({ $root: data }) ?? null };
  } catch (error) {
    return { error: String(error.message) };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(outcome)));
