// Evaluates configurations as Next.js would, in a process that holds nothing but the application's env files. What is asked comes
// in as JSON on the standard input; each answer goes out as a line of JSON on the fourth descriptor, with the token of the question,
// so that it does not contain what a configuration prints. The four files of this program travel as they stand, beside the
// library, and load nothing of it.
//
// One configuration runs in the process itself. Several run one after the other, each in a worker thread: with modules, globals and
// variables that no other sees. What does not come to hosts there is not answered, and asked again in a process for itself.
"use strict";

const { readFileSync, writeSync } = require("node:fs");
const { clearTimeout, setTimeout } = require("node:timers");
const { isMainThread, parentPort, Worker, workerData } = require("node:worker_threads");
const { prepareEnvironment } = require("./evaluated-environment");
const { loadConfig, loadRouting, resolvedByNext, versionOf } = require("./evaluated-modules");
const { describe, failureOf, hostsOf, partsToCheck, routingHosts } = require("./evaluated-answer");

/** As it is before a configuration may change it. */
const { stringify } = JSON;

if (isMainThread) answerAll(JSON.parse(readFileSync(0, "utf8")));
else evaluateHere(workerData, (content) => parentPort.postMessage(content));

function answerAll({ token, marker, requests, seconds }) {
  watch(seconds);
  const answer = (index, content) => writeSync(3, `${stringify({ token, index, content })}\n`);
  const end = () => process.kill(process.pid, "SIGKILL");
  const [only] = requests;
  if (requests.length === 1) {
    // Answers once, and ends at once: nothing that the configuration left behind runs on.
    evaluateHere({ ...only, marker }, (content) => {
      answer(0, content);
      end();
    });
    return;
  }
  const next = (index) => {
    if (index === requests.length) return end();
    evaluateInThread({ ...requests[index], marker }, (content) => {
      if (content !== undefined) answer(index, content);
      next(index + 1);
    });
  };
  next(0);
}

/** Ends the whole group when its time is over or its parent is gone: a loop that never ends would not notice by itself. */
function watch(seconds) {
  const program = `
    const { workerData } = require("node:worker_threads");
    const parent = process.ppid;
    const end = () => process.kill(process.platform === "win32" ? process.pid : -process.pid, "SIGKILL");
    setTimeout(end, workerData);
    setInterval(() => { if (process.ppid !== parent) end(); }, 500);
  `;
  const watching = new Worker(program, { eval: true, workerData: (seconds + 2) * 1000, env: {} });
  watching.on("error", () => undefined);
  watching.unref();
}

function evaluateInThread(request, done) {
  let isDone = false;
  const finish = (content) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    worker.terminate().then(
      () => done(content),
      () => done(content),
    );
  };
  process.chdir(request.folder);
  const worker = new Worker(module.filename, {
    workerData: request,
    env: { ...process.env, NODE_ENV: request.nodeEnv },
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => finish({ failure: { kind: "timeout" }, missing: [] }), request.seconds * 1000);
  worker.on("message", (content) => finish(content.failure === undefined ? content : undefined));
  worker.on("error", () => finish(undefined));
  worker.on("exit", () => finish(undefined));
}

/** Evaluates one configuration in this thread, and says once what it came to. */
function evaluateHere(request, answer) {
  let answered = false;
  const version = versionOf(request);
  const environment = prepareEnvironment(request, version);
  const tell = (content) => {
    if (answered) return;
    answered = true;
    answer({ ...content, ...environment.seen(), assumed: version.assumed() });
  };
  const fail = (error) => tell({ failure: failureOf(error, request) });
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  process.on("beforeExit", () => tell({ failure: { kind: "unsettled" } }));
  evaluate(request, version, environment).then(tell, fail);
}

async function evaluate(request, version, environment) {
  environment.observe();
  if (request.parts === "routing") return { found: routingHosts(await loadRouting(request)) };
  const loaded = await loadConfig(request, version);
  const exported = loaded.default || loaded;
  const config = await (typeof exported === "function"
    ? exported(request.phase, { defaultConfig: version.defaultConfig() })
    : exported);
  if (typeof config !== "object" || config === null || Array.isArray(config))
    return { failure: { kind: "shape", what: describe(config) } };
  const resolved = await resolvedByNext(config, request, version);
  const found = hostsOf(resolved ?? config, version, request.wanted);
  return resolved === undefined ? { found, unasked: partsToCheck(config) } : { found };
}
