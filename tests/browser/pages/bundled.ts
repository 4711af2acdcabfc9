import * as msb from "../../../src/index.ts";
import { mainJob } from "./main-job.ts";

mainJob(msb);
