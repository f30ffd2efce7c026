"use strict";
const VERDICTS = ["failed", "xpass", "error", "blocked", "flaky", "skipped", "not-run", "xfail", "passed"];
const SVG = "http://www.w3.org/2000/svg";
let scenarios = [];
let state = { verdict: new Set(), tag: "", text: "" };

/** Make an element with attributes and children; texts are never read as HTML. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

async function load() {
  const text = document.getElementById("data").textContent;
  const bytes = Uint8Array.from(atob(text.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** The filters are in the address, so that a view can be sent to somebody. */
function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  state.verdict = new Set((given.get("verdict") || "").split(",").filter(Boolean));
  state.tag = given.get("tag") || "";
  state.text = given.get("text") || "";
  document.getElementById("tag").value = state.tag;
  document.getElementById("text").value = state.text;
  for (const button of document.querySelectorAll("#verdicts button")) {
    button.setAttribute("aria-pressed", String(state.verdict.has(button.dataset.verdict)));
  }
  show(given.get("open"));
}

function toAddress() {
  const given = new URLSearchParams();
  if (state.verdict.size) given.set("verdict", [...state.verdict].join(","));
  if (state.tag) given.set("tag", state.tag);
  if (state.text) given.set("text", state.text);
  location.hash = given.toString();
}

function matches(row) {
  if (state.verdict.size && !state.verdict.has(row.verdict)) return false;
  const tag = state.tag.replace(/^@/, "").toLowerCase();
  if (tag && !row.tags.some((one) => one.toLowerCase() === tag)) return false;
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => row.searched.includes(word));
}

function show(open) {
  const list = document.getElementById("scenarios");
  const found = scenarios.filter(matches);
  const features = Map.groupBy ? Map.groupBy(found, (row) => row.feature) : grouped(found);
  document.getElementById("shown").textContent = `${found.length} of ${scenarios.length} scenarios`;
  list.replaceChildren();
  for (const [name, rows] of features) {
    const bad = rows.filter((row) => !["passed", "xfail"].includes(row.verdict)).length;
    const good = rows.length - bad;
    const box = make("details", {}, make("summary", {}, make("b", {}, name), ` ${good}/${rows.length}`));
    box.open = found.length <= 60 || (bad > 0 && bad < 60);
    const fill = () => { if (box.open && box.children.length === 1) box.append(...rows.map(scenario)); };
    box.addEventListener("toggle", fill);
    fill();
    list.append(box);
  }
  if (open) {
    const wanted = [...list.querySelectorAll("details[data-id]")].find((one) => one.dataset.id === open);
    if (wanted) { wanted.open = true; wanted.parentElement.open = true; wanted.scrollIntoView(); }
  }
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.feature, [...(groups.get(row.feature) || []), row]);
  return groups;
}

function scenario(row) {
  const title = make("summary", {},
    make("span", { class: `verdict ${row.verdict}` }, row.verdict), " ", row.name,
    make("span", { class: "note" }, ` ${row.seconds.toFixed(2)} s`));
  const box = make("details", { "data-id": row.id }, title);
  box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(inside(row)); });
  return box;
}

function inside(row) {
  const body = make("div", { class: "body" });
  body.append(make("div", { class: "note" }, `${row.file}:${row.line}  `,
    ...row.tags.flatMap((tag) => [make("a", { href: `#tag=${encodeURIComponent(tag)}` }, `@${tag}`), " "])));
  if (row.reason) {
    body.append(make("p", {}, make("b", {}, `${row.reason.type}: `), row.reason.text,
      make("br"), make("span", { class: "note" }, row.reason.hint)));
  }
  if (row.attempts.length > 1) {
    body.append(make("p", { class: "note" }, `tries: ${row.attempts.map((one) => one.verdict).join(", ")}`));
  }
  body.append(...row.steps.map(step));
  if (row.jobs.length) body.append(timeline(row.jobs));
  if (row.refusals.length) body.append(make("p", { class: "note" }, `rules that refused: ${row.refusals.join(", ")}`));
  if (row.why) body.append(make("details", {}, make("summary", {}, "the whole failure"), make("pre", {}, row.why)));
  if (row.again) {
    const command = make("code", {}, row.again);
    body.append(make("p", {}, make("button", { onclick: (event) => copy(command, event.target) }, "copy"), " ", command));
  }
  return body;
}

function step(row) {
  const line = make("div", { class: "step" },
    make("span", { class: row.status === "failed" ? "failed" : row.status }, row.status),
    make("span", {}, make("b", {}, row.keyword), ` ${row.text}`),
    make("span", { class: "note" }, row.status === "not-run" ? "" : `${row.seconds.toFixed(3)} s`));
  if (!row.exchanges.length) return line;
  const left = row.left_out ? `, ${row.left_out} more left out` : "";
  const box = make("details", {}, make("summary", { class: "note" }, `${row.exchanges.length} exchanges${left}`));
  box.open = row.status === "failed";
  const fill = () => { if (box.open && box.children.length === 1) box.append(...row.exchanges.map(exchange)); };
  box.addEventListener("toggle", fill);
  fill();
  return make("div", {}, line, box);
}

function exchange(row) {
  const given = Object.entries(row.parameters).map(([name, value]) => `${name}=${value}`).join(" ");
  const times = row.times > 1 ? ` (${row.times} times)` : "";
  const at = `${(row.at_s || 0).toFixed(1)} s, took ${(row.seconds * 1000).toFixed(1)} ms, ${row.caller || ""}${times}`;
  return make("div", {},
    make("code", {}, make("b", {}, row.command), ` ${given}`), make("span", { class: "note" }, `  ${at}`),
    make("pre", { class: row.status === 200 ? "" : "failed" }, `${row.status || "no answer"} ${row.body}`));
}

/** The jobs of a scenario, each a bar from when it was asked for to when it was seen done. */
function timeline(jobs) {
  const from = Math.min(...jobs.map((job) => job.from_s));
  const to = Math.max(from + 0.001, ...jobs.map((job) => job.to_s ?? job.from_s));
  const [left, width, height] = [190, 560, 18];
  const picture = document.createElementNS(SVG, "svg");
  const put = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    picture.append(element);
    return element;
  };
  picture.setAttribute("viewBox", `0 0 ${left + width + 80} ${jobs.length * height + 20}`);
  picture.setAttribute("class", "timeline");
  const x = (at) => left + ((at - from) / (to - from)) * width;
  jobs.forEach((job, number) => {
    const y = number * height;
    const end = job.to_s ?? to;
    put("text", { x: 0, y: y + 13 }, job.command);
    const bar = put("rect", { class: `bar ${job.status}`, x: x(job.from_s), y: y + 3,
      width: Math.max(2, x(end) - x(job.from_s)), height: height - 6 });
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${job.command} ${job.id}: ${job.from_s} s to ${job.to_s ?? "?"} s, ${job.status}`;
    bar.append(title);
    put("text", { x: x(end) + 4, y: y + 13 }, `${(end - job.from_s).toFixed(1)} s`);
  });
  const bottom = jobs.length * height + 2;
  put("line", { x1: left, x2: left + width, y1: bottom, y2: bottom });
  put("text", { x: left, y: bottom + 14 }, `${from.toFixed(1)} s`);
  put("text", { x: left + width - 30, y: bottom + 14 }, `${to.toFixed(1)} s`);
  return picture;
}

function copy(element, button) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  button.textContent = document.execCommand("copy") ? "copied" : "selected";
}

function begin(results) {
  scenarios = results.scenarios;
  for (const row of scenarios) {
    const steps = row.steps.map((one) => one.text).join(" ");
    row.searched = `${row.id} ${row.name} ${row.feature} ${row.reason ? row.reason.text : ""} ${steps}`.toLowerCase();
  }
  const chips = document.getElementById("verdicts");
  for (const verdict of VERDICTS) {
    const count = scenarios.filter((row) => row.verdict === verdict).length;
    if (!count) continue;
    chips.append(make("button", { class: verdict, "data-verdict": verdict, onclick: () => {
      state.verdict.has(verdict) ? state.verdict.delete(verdict) : state.verdict.add(verdict);
      toAddress();
    } }, `${verdict} ${count}`));
  }
  const tags = new Set(scenarios.flatMap((row) => row.tags));
  document.getElementById("tags").append(...[...tags].sort().map((tag) => make("option", { value: tag })));
  document.getElementById("tag").addEventListener("change", (event) => { state.tag = event.target.value.trim(); toAddress(); });
  document.getElementById("text").addEventListener("change", (event) => { state.text = event.target.value.trim(); toAddress(); });
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

load().then(begin).catch((error) => {
  document.getElementById("shown").textContent = `The scenarios cannot be shown by this browser: ${error}`;
});
