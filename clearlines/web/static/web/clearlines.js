// Every page works without this. It makes GOV.UK's components lively, and guards what was typed.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { sendOnce } from "./send-once.js";
import { keepWords } from "./keep-words.js";

initAll();
sendOnce(document);
keepWords(window);
