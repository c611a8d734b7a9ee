import { everyCommandWorks, otherSetups } from "../e2e/app-commands";

everyCommandWorks(otherSetups);
