// Draws every <figure data-chart> from the JSON beside it. The table in the figure says the same without a script.
// Nothing inline and nothing evaluated: tooltips are rich text, colours come from the page's own variables.

const echarts = window.echarts;
const drawn = new Map();
const outlines = new Map(); // address → extent of what was fetched

// Okabe and Ito's palette, told apart by those who see colours differently; lighter on dark ground.
const LIGHT = ["#0f5c8c", "#c8700a", "#00805f", "#a3497f", "#7a6a00", "#5b6670"];
const DARK = ["#7cc0ea", "#f0a64b", "#4cc3a2", "#e09ac4", "#d9cc54", "#a9b7c3"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// A page that is read from afar has larger letters in its charts: --c-chart-text on its root, in any unit.
function textSize() {
  const probe = document.createElement("span");
  probe.style.fontSize = "var(--c-chart-text, 12px)";
  document.body.append(probe);
  const size = Number.parseFloat(getComputedStyle(probe).fontSize) || 12;
  probe.remove();
  return size;
}

function theme() {
  const dark = document.documentElement.dataset.bsTheme === "dark";
  return {
    dark,
    palette: dark ? DARK : LIGHT,
    ink: colour("--c-ink"),
    soft: colour("--c-soft"),
    line: colour("--c-line"),
    edge: colour("--c-line-strong"),
    surface: colour("--c-surface"),
    sunk: colour("--c-sunk"),
    accent: colour("--c-accent"),
    text: textSize(),
  };
}

function shown(spec, value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const digits = { minimumFractionDigits: spec.digits, maximumFractionDigits: spec.digits };
  return Number(value).toLocaleString("en-US", digits) + (spec.unit ? ` ${spec.unit}` : "");
}

function common(spec, look, title) {
  return {
    color: look.palette,
    backgroundColor: "transparent",
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: look.ink },
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    aria: { enabled: true, label: { description: title }, decal: { show: spec.series.length > 1 || spec.kind === "pie" } },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.ink, fontSize: 13 },
      valueFormatter: (value) => shown(spec, value),
    },
  };
}

function axis(look) {
  return {
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.soft, hideOverlap: true, fontSize: look.text },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.soft },
  };
}

function legend(spec, look) {
  return spec.series.length > 1 ? { legend: { bottom: 0, textStyle: { color: look.ink }, inactiveColor: look.soft } } : {};
}

function grid(spec, right) {
  const bottom = spec.series.length > 1 ? 36 : 8;
  return { left: 8, right, top: 16, bottom, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
}

// Every name shows while there are few; a long one is broken over lines.
function category(spec, look, width) {
  const usual = axis(look);
  const few = width / Math.max(1, spec.labels.length) >= 40;
  const room = { width: Math.max(36, width / Math.max(1, spec.labels.length) - 8), overflow: "break", interval: 0 };
  return { type: "category", data: spec.labels, ...usual, splitLine: { show: false }, axisLabel: { ...usual.axisLabel, ...(width ? (few ? room : {}) : { interval: 0 }) } };
}

function bars(spec, look, width) {
  const lying = spec.kind === "rows";
  const names = { ...category(spec, look, lying ? 0 : width - 48), inverse: lying };
  const values = { type: "value", ...axis(look), axisLine: { show: false } };
  return {
    grid: grid(spec, lying ? 48 : 8),
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    ...legend(spec, look),
    series: spec.series.map((series) => ({
      type: "bar",
      name: series.name,
      data: series.values,
      barMaxWidth: look.text + 16,
      stack: spec.stacked ? "all" : undefined,
      label: { show: !spec.stacked && (lying || spec.series.length === 1), position: lying ? "right" : "top", color: look.soft, fontSize: look.text, formatter: (point) => shown({ ...spec, unit: "" }, point.value) },
    })),
  };
}

function lines(spec, look) {
  return {
    grid: grid(spec, 24),
    xAxis: { type: "category", data: spec.labels, boundaryGap: false, ...axis(look), splitLine: { show: false } },
    yAxis: { type: "value", ...axis(look), axisLine: { show: false } },
    ...legend(spec, look),
    series: spec.series.map((series, at) => ({
      type: "line",
      name: series.name,
      data: series.values,
      symbol: ["circle", "rect", "triangle", "diamond"][at % 4],
      symbolSize: 7,
      lineStyle: { width: 2, type: ["solid", "dashed", "dotted"][at % 3] },
    })),
  };
}

function pie(spec, look) {
  return {
    series: [{
      type: "pie",
      radius: ["38%", "62%"],
      data: spec.labels.map((name, at) => ({ name, value: spec.series[0].values[at] })),
      itemStyle: { borderColor: look.surface, borderWidth: 2 },
      label: { color: look.ink, formatter: (point) => `${point.name}\n${shown(spec, point.value)}` },
      labelLine: { lineStyle: { color: look.soft } },
    }],
  };
}

// As large as the canvas allows, whichever way the outline is longer; on a phone the scale lies beneath.
function placed(extent, width, height) {
  const narrow = width < 500;
  const room = { width: width - (narrow ? 16 : 160), height: height - (narrow ? 64 : 16) };
  const zoom = Math.min(room.width / extent.width, room.height / extent.height);
  const size = Math.max(extent.width, extent.height) * zoom;
  return { narrow, fit: { layoutCenter: [width / 2, 8 + room.height / 2], layoutSize: size, aspectScale: extent.scale } };
}

function map(spec, look, name, canvas) {
  const { narrow, fit } = placed(outlines.get(name), canvas.clientWidth, canvas.clientHeight);
  const values = spec.series[0].values.filter((value) => value !== null);
  const most = Math.max(1, spec.most ?? 0, ...values);
  const label = (key) => spec.labels[spec.keys.indexOf(key)] ?? "";
  return {
    visualMap: {
      min: 0,
      max: most,
      left: narrow ? "center" : 0,
      bottom: 0,
      orient: narrow ? "horizontal" : "vertical",
      calculable: false,
      itemHeight: narrow ? 140 : 90,
      text: [shown(spec, most), "0"],
      textStyle: { color: look.soft, fontSize: look.text },
      inRange: { color: look.dark ? ["#1b3242", "#2a5f82", "#3f86b3"] : ["#e8f1f8", "#a9cfe6", "#5f9fc7"] },
      outOfRange: { color: look.sunk },
    },
    series: [{
      type: "map",
      map: name,
      nameProperty: "code",
      roam: false,
      ...fit,
      data: [
        ...spec.keys.map((key, at) => ({ name: key, value: spec.series[0].values[at] ?? NaN })),
        // Boundary lines have no ground of their own: they must stand out from the paper.
        { name: "line", itemStyle: { borderColor: look.soft, borderWidth: 1 }, tooltip: { show: false } },
      ],
      itemStyle: { areaColor: look.sunk, borderColor: look.edge, borderWidth: 0.6 },
      emphasis: { label: { show: true, color: look.ink }, itemStyle: { areaColor: look.palette[1] } },
      select: { disabled: true },
      label: {
        show: true,
        formatter: (point) => label(point.name),
        color: look.ink,
        textBorderColor: look.surface,
        textBorderWidth: 2,
        fontSize: look.text - 1,
      },
      labelLayout: { hideOverlap: true },
      tooltip: { formatter: (point) => `${label(point.name)}\n${shown(spec, point.value)}` },
    }],
  };
}

async function outline(url) {
  if (!outlines.has(url)) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const shapes = await answer.json();
    echarts.registerMap(url, shapes);
    outlines.set(url, extentOf(shapes));
  }
  return url;
}

// Width and height of the outlines; a degree of longitude is shorter than one of latitude by the cosine of the latitude.
function extentOf(shapes) {
  const numbers = shapes.features.flatMap((shape) => (shape.geometry?.coordinates ?? []).flat(Infinity));
  const span = (at) => numbers.reduce(
    ([low, high], value, place) => (place % 2 === at ? [Math.min(low, value), Math.max(high, value)] : [low, high]),
    [Infinity, -Infinity],
  );
  const [west, east] = span(0);
  const [south, north] = span(1);
  const scale = Math.cos((((south + north) / 2) * Math.PI) / 180);
  return { scale, width: (east - west) * scale, height: north - south };
}

async function option(figure, spec, look) {
  const title = figure.querySelector(".c-chart-title").textContent.trim();
  const makers = { bar: bars, rows: bars, line: lines, pie };
  const matter = spec.kind === "map" ? map(spec, look, await outline(figure.dataset.mapUrl), figure.querySelector("[data-chart-canvas]")) : makers[spec.kind](spec, look, figure.clientWidth);
  const base = common(spec, look, title);
  return { ...base, ...matter, tooltip: { ...base.tooltip, trigger: spec.kind === "pie" || spec.kind === "map" ? "item" : "axis" } };
}

function follow(figure, spec, point) {
  const at = spec.kind === "map" ? spec.keys.indexOf(point.name) : point.dataIndex;
  const url = spec.urls[at];
  if (url) window.location.assign(url);
}

// Names and maps are fitted to a size, so another size is another drawing.
function followSize(figure, canvas, chart) {
  let size = `${canvas.clientWidth} ${canvas.clientHeight}`;
  new ResizeObserver(() => {
    chart.resize();
    const now = `${canvas.clientWidth} ${canvas.clientHeight}`;
    if (now === size) return;
    size = now;
    draw(figure);
  }).observe(canvas);
}

async function draw(figure) {
  const spec = JSON.parse(document.getElementById(figure.dataset.source).textContent);
  const canvas = figure.querySelector("[data-chart-canvas]");
  try {
    figure.classList.add("is-drawn"); // gives the canvas its height
    const look = theme();
    const settings = await option(figure, spec, look);
    if (spec.kind === "rows") canvas.style.height = `${Math.max(128, 2 * look.text * spec.labels.length + 48)}px`;
    const chart = drawn.get(figure) ?? echarts.init(canvas, null, { renderer: "canvas" });
    if (!drawn.has(figure)) {
      drawn.set(figure, chart);
      chart.on("click", (point) => follow(figure, spec, point));
      followSize(figure, canvas, chart);
      figure.querySelector("[data-chart-table]").open = false;
    }
    chart.setOption(settings, true);
    chart.getZr().flush(); // a print does not wait for the next frame
    canvas.setAttribute("aria-label", `${spec.title}`);
    figure.dataset.drawn = "yes";
  } catch (error) {
    figure.classList.remove("is-drawn"); // the table stays open and says it all
    figure.dataset.drawn = "no";
    console.warn(error);
  }
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]")) draw(figure);
}

// On paper a chart needs its table, and the dark theme would waste ink.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("[data-chart-table]")) details.open = true;
});
document.addEventListener("chelun:theme", () => drawAll(document));
document.addEventListener("chelun:chart", (event) => draw(event.target)); // its JSON is another now
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) drawAll(event.target); });
drawAll(document);
