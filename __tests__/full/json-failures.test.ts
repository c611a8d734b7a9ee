import { jsonFailures } from "../e2e/json-failures";

jsonFailures("command");
