// Tapping the map adds a point to the line. Without this the same points are typed, and the page says the same.
const map = document.querySelector("svg[data-draws]");
const box = map && document.getElementById(map.dataset.draws);

if (box) {
  const { west, north, scale, margin } = Object.fromEntries(Object.entries(map.dataset).map(([name, value]) => [name, Number(value)]));
  const SVG = "http://www.w3.org/2000/svg";
  const line = document.createElementNS(SVG, "polyline");
  const dots = document.createElementNS(SVG, "g");
  const tapped = [];
  for (const [name, value] of [["fill", "none"], ["stroke", "#a3300f"], ["stroke-width", 5]]) line.setAttribute(name, value);
  map.append(line, dots);

  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "govuk-button govuk-button--secondary";
  undo.textContent = "Take back the last point";
  const says = document.createElement("p");
  says.className = "govuk-body";
  says.setAttribute("role", "status");
  says.textContent = "Tap the map to add points to the line, in order round the area. Then press “Show these areas”.";
  map.parentElement.before(says);

  const show = () => {
    line.setAttribute("points", tapped.map(({ x, y }) => `${x},${y}`).join(" "));
    dots.replaceChildren(...tapped.map(({ x, y }) => {
      const dot = document.createElementNS(SVG, "circle");
      for (const [name, value] of [["cx", x], ["cy", y], ["r", 9], ["fill", "#fff"], ["stroke", "#a3300f"], ["stroke-width", 5]]) dot.setAttribute(name, value);
      return dot;
    }));
    if (tapped.length) says.after(undo);
    else undo.remove();
    says.textContent = `${tapped.length} point${tapped.length === 1 ? "" : "s"} tapped.`;
  };

  map.addEventListener("click", (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    // A line that was drawn before is begun again.
    if (!tapped.length) box.value = "";
    const said = `${Math.round(west + (x - margin) / scale)} ${Math.round(north - (y - margin) / scale)}`;
    tapped.push({ x: Math.round(x), y: Math.round(y), said });
    box.value = tapped.map((each) => each.said).join("\n");
    show();
  });
  undo.addEventListener("click", () => {
    tapped.pop();
    box.value = tapped.map((each) => each.said).join("\n");
    show();
  });
}
