import { everyCommandWorks, someSetups } from "./app-commands";

everyCommandWorks(someSetups);
