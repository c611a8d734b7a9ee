import { jsonFailures } from "./json-failures";

// Each of every command: full/json-failures.
jsonFailures("failure");
