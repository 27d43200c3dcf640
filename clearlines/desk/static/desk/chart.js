// The chart that is drawn already, made to be moved and asked. Without this the page says the same, and so does its table.
import cytoscape from "../vendor/cytoscape.esm.min.mjs";

const ROOM = "(min-width: 40.01em)";
const CLOSEST = 1.4;
const INK = "#1a1d1e", QUIET = "#44494b", ACCENT = "#17565f", ALARM = "#a3300f";
const HOUSE = [0, -1, 1, -0.2, 1, 1, -1, 1, -1, -0.2];
const SHIELD = [-1, -1, 1, -1, 1, 0.2, 0, 1, -1, 0.2];
const LEANING = [-0.4, -0.9, 1, -0.9, 0.4, 0.9, -1, 0.9];

const look = [
  { selector: "node", style: {
    label: "data(label)", width: 24, height: 24, "font-size": 16, "text-wrap": "wrap", "text-max-width": 260, color: INK,
    "text-background-color": "#fff", "text-background-opacity": 0.85, "text-background-padding": 2, "text-valign": "center",
    "background-color": "#fff", "border-width": 2, "border-color": QUIET, shape: "ellipse", "line-height": 1.25 } },
  { selector: "node[side = -1]", style: { "text-halign": "left", "text-margin-x": -8, "text-justification": "right" } },
  { selector: "node[side = 1]", style: { "text-halign": "right", "text-margin-x": 8, "text-justification": "left" } },
  { selector: "node[side = 0]", style: { "text-valign": "bottom", "text-margin-y": 8 } },
  { selector: "node[kind = 'line']", style: { "border-color": ACCENT, "border-width": 3 } },
  { selector: "node[kind = 'line'][shape = 'alarm']", style: { shape: "triangle", "background-color": ACCENT } },
  { selector: "node[kind = 'line'][shape = 'wait']", style: { shape: "diamond" } },
  { selector: "node[kind = 'line'][shape = 'going']", style: { "background-color": ACCENT } },
  { selector: "node[kind = 'line'][shape = 'ended']", style: { shape: "rectangle" } },
  { selector: "node[kind = 'exploited']", style: { shape: "hexagon", width: 28, "background-color": "#fdf1d8", "border-color": "#5c4508" } },
  { selector: "node[kind = 'group']", style: { shape: "octagon", "border-color": INK, "border-width": 4 } },
  { selector: "node[kind = 'town']", style: { shape: "polygon", "shape-polygon-points": HOUSE, "background-color": "#cfe3e4", "border-color": ACCENT } },
  { selector: "node[kind = 'area']", style: { shape: "polygon", "shape-polygon-points": SHIELD, "background-color": "#e9e5dd" } },
  { selector: "node[kind = 'number']", style: { shape: "rectangle", width: 12 } },
  { selector: "node[kind = 'suspected']", style: { shape: "polygon", "shape-polygon-points": LEANING, "background-color": QUIET, "border-color": INK } },
  { selector: "node[kind = 'neither']", style: { shape: "polygon", "shape-polygon-points": LEANING, "border-style": "dashed" } },
  { selector: "node[?isMiddle]", style: { width: 34, height: 34, "font-weight": "bold", "font-size": 17 } },
  { selector: "edge", style: { width: 1.6, "line-color": "#8a8f91", "curve-style": "bezier", "font-size": 13, color: INK,
    "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2 } },
  { selector: "edge[?control]", style: { "curve-style": "unbundled-bezier", "edge-distances": "node-position",
    "control-point-distances": (edge) => [bent(edge).away], "control-point-weights": (edge) => [bent(edge).along] } },
  { selector: "edge[?isArrow]", style: { "line-color": ALARM, "line-style": "dashed", width: 2, "target-arrow-shape": "triangle", "target-arrow-color": ALARM } },
  { selector: "edge.near", style: { "line-color": INK, width: 2.4 } },
  { selector: "edge.said", style: { label: "data(words)" } },
  { selector: ".far", style: { opacity: 0.25 } },
  { selector: "node:selected", style: { "overlay-color": ACCENT, "overlay-opacity": 0.15 } },
];

// Where a link bends to, as it is drawn on paper: how far along the straight way, and how far away from it.
function bent(edge) {
  const from = edge.source().data("at"), to = edge.target().data("at"), control = edge.data("control");
  const way = { x: to.x - from.x, y: to.y - from.y }, long = Math.hypot(way.x, way.y) || 1;
  const off = { x: control[0] - from.x, y: control[1] - from.y };
  return { along: (off.x * way.x + off.y * way.y) / long ** 2, away: (off.y * way.x - off.x * way.y) / long };
}

function made(tag, words, more = {}) {
  const found = document.createElement(tag);
  found.textContent = words;
  return Object.assign(found, more);
}

function link(words, href) {
  const line = made("p", "", { className: "govuk-body" });
  line.append(made("a", words, { className: "govuk-link", href }));
  return line;
}

// What is recorded of the thing that was chosen, and where to go from it. Words only: nothing here is read as markup.
function tell(panel, node) {
  const facts = made("ul", "", { className: "govuk-list govuk-list--bullet" });
  facts.append(...node.facts.map((each) => made("li", each, { dir: "auto" })));
  const onward = node.isMiddle ? [] : [link("Put it in the middle", `?${node.middle}`)];
  const record = node.opens ? [link("Open the record", node.opens)] : [];
  panel.replaceChildren(
    made("h2", node.name, { className: "govuk-heading-s", dir: "auto" }),
    made("p", node.words, { className: "govuk-body" }), facts, ...onward, ...record,
  );
  panel.hidden = false;
}

// As tall as the drawing is when it fills the width, and never a slit.
function tall(stage, [width, height]) {
  return Math.max(260, height * Math.min(CLOSEST, stage.clientWidth / width) + 48);
}

function pointOut(chart, node) {
  chart.elements().removeClass("near far said");
  if (node) {
    chart.elements().difference(node.closedNeighborhood()).addClass("far");
    node.connectedEdges().addClass("near");
    // Round the middle the words would lie on each other, and each is said beside the thing it leads to.
    node.connectedEdges().toggleClass("said", !node.data("isMiddle"));
  }
}

function draw(figure) {
  const said = JSON.parse(document.getElementById("chart-elements").textContent);
  const stage = document.getElementById("chart-live"), panel = document.getElementById("chart-facts");
  figure.classList.add("chart--live");
  stage.hidden = false;
  stage.style.height = `${Math.round(Math.min(tall(stage, said.paper), window.innerHeight * 0.8))}px`;
  const chart = cytoscape({
    container: stage,
    elements: [
      ...said.nodes.map(({ x, y, ...data }) => ({ data: { ...data, at: { x, y } }, position: { x, y } })),
      ...said.links.map((data) => ({ data })),
    ],
    style: look, layout: { name: "preset", fit: false, animate: false },
    userZoomingEnabled: false, maxZoom: 2.5, minZoom: 0.2, boxSelectionEnabled: false,
  });
  const makeRoom = () => {
    chart.resize();
    whole(chart, said.paper);
  };
  chart.on("tap", "node", (event) => {
    const isFirst = panel.hidden;
    pointOut(chart, event.target);
    tell(panel, event.target.data());
    if (isFirst) {
      makeRoom();
    }
  });
  chart.on("tap", (event) => {
    if (event.target === chart && !panel.hidden) {
      pointOut(chart, null);
      panel.hidden = true;
      makeRoom();
    }
  });
  nearer(figure, chart, said.paper);
  whole(chart, said.paper);
}

// All of it, with what it is about in the middle.
function whole(chart, [width, height]) {
  const zoom = Math.min(chart.width() / width, chart.height() / height, CLOSEST);
  chart.viewport({ zoom, pan: { x: chart.width() / 2, y: chart.height() / 2 } });
}

// Buttons rather than the wheel, which would catch whoever scrolls the page.
function nearer(figure, chart, paper) {
  const row = made("div", "", { className: "chart-nearer" });
  const middle = () => ({ x: chart.width() / 2, y: chart.height() / 2 });
  const press = (words, act) => {
    const button = made("button", words, { type: "button", className: "govuk-button govuk-button--secondary govuk-!-margin-bottom-2" });
    button.addEventListener("click", act);
    row.append(button);
  };
  press("Nearer", () => chart.zoom({ level: chart.zoom() * 1.3, renderedPosition: middle() }));
  press("Farther", () => chart.zoom({ level: chart.zoom() / 1.3, renderedPosition: middle() }));
  press("All of it", () => whole(chart, paper));
  figure.prepend(row);
}

const figure = document.getElementById("chart");
if (figure && window.matchMedia(ROOM).matches) {
  draw(figure);
}
