import { everyCommandWorks, newestSetup } from "./app-commands";

everyCommandWorks(newestSetup);
