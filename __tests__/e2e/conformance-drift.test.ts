import { conformance } from "../conformance/suite";
import { drift } from "../conformance/scenarios/drift";
import { lastingFaults } from "../conformance/scenarios/lasting-faults";
import { passingFaults } from "../conformance/scenarios/passing-faults";
import { repair } from "../conformance/scenarios/repair";

conformance({
  drift,
  "repair of blind drift": repair,
  "faults that pass": passingFaults,
  "faults that stay": lastingFaults,
});
