import { conformance } from "../conformance/suite";
import { change } from "../conformance/scenarios/change";
import { create } from "../conformance/scenarios/create";
import { dataSources } from "../conformance/scenarios/data-sources";
import { destroy } from "../conformance/scenarios/destroy";
import { importing } from "../conformance/scenarios/import";

conformance({ create, change, import: importing, "data sources": dataSources, destroy });
