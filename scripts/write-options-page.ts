import { writeFileSync } from "node:fs";
import { BROKER_PAGE, brokerPage } from "./broker-options.ts";
import { optionsPage } from "./options-page.ts";

writeFileSync(new URL("../docs/reference/options.md", import.meta.url), optionsPage());
writeFileSync(BROKER_PAGE, brokerPage());
