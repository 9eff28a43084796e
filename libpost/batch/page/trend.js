/* SPDX-License-Identifier: BSD-2-Clause */
/* A line chart of a function's share: by time where all traces have one, else by name. */
const CHART = { height: 190, left: 52, right: 14, top: 12, bottom: 26 };
const STEPS = [60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 7 * 86400, 14 * 86400, 30 * 86400, 91 * 86400, 365 * 86400];
let trendRows = [];

function setTrend(rows) {
	const timed = rows.length > 0 && rows.every((r) => r.t.when !== undefined);

	trendRows = rows.sort((a, b) => compareValues(timed ? a.t.when : undefined, timed ? b.t.when : undefined) || collator.compare(a.t.path, b.t.path));
	drawTrend();
}

/* A round number of parts of 1 at least as large: the top of the axis. */
function niceTop(most) {
	const ten = 10 ** Math.floor(Math.log10(Math.max(most, 1e-3)));

	return [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((k) => k * ten).find((v) => v >= most * .999) ?? 10 * ten;
}

/* Where each point is from left to right, 0 to 1. */
function places(rows) {
	const first = rows[0].t.when, span = rows[rows.length - 1].t.when - first;

	if (span > 0 && rows.every((r) => r.t.when !== undefined))
		return { first, span, at: rows.map((r) => (r.t.when - first) / span) };
	return { span: 0, at: rows.map((r, i) => rows.length === 1 ? .5 : i / (rows.length - 1)) };
}

/* [0 to 1, text] of a few round times, or of the first and the last name. */
function ticksOf(rows, place, room) {
	if (place.span === 0)
		return rows.length === 1 ? [[.5, rows[0].t.base]] : [[0, rows[0].t.base], [1, rows[rows.length - 1].t.base]];
	const most = Math.max(2, Math.floor(room / 110));
	const step = STEPS.find((s) => place.span / s <= most) ?? Math.ceil(place.span / most / STEPS.at(-1)) * STEPS.at(-1), ticks = [];
	for (let t = Math.ceil(place.first / step) * step; t <= place.first + place.span; t += step)
		ticks.push([(t - place.first) / place.span, step < 86400 ? whenText(t).slice(5) : whenText(t).slice(0, 10)]);
	return ticks;
}

function axes(rows, place, top, width) {
	const room = width - CHART.left - CHART.right, bottom = CHART.height - CHART.bottom, g = shape("g", { class: "axes", "aria-hidden": "true" });

	for (let i = 0; i <= 4; i++) {
		const y = bottom - i / 4 * (bottom - CHART.top);

		g.append(shape("line", { x1: CHART.left, x2: width - CHART.right, y1: y, y2: y }),
			shape("text", { x: CHART.left - 8, y: y + 4, "text-anchor": "end" }, `${+(top * i / 4 * 100).toPrecision(3)}%`));
	}
	for (const [at, text] of ticksOf(rows, place, room)) {
		const x = CHART.left + at * room;

		g.append(shape("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, class: "tick" }),
			shape("text", { x, y: bottom + 18, "text-anchor": at < .1 ? "start" : at > .9 ? "end" : "middle" }, shorter(text)));
	}
	return g;
}

function shorter(text) {
	const c = [...text];

	return c.length > 28 ? `${c.slice(0, 27).join("")}\u2026` : text;
}

function pointText(r) {
	return `${whenText(r.t.when)} ${r.t.path}: ${knownShare(r)}`.trim();
}

/* A line through the points; of those of one time through the middle one. */
function line(x, y) {
	const corners = [];

	for (let from = 0, to; from < x.length; from = to) {
		for (to = from + 1; to < x.length && x[to] === x[from]; to++);
		corners.push(`${x[from].toFixed(1)},${middle(y.slice(from, to)).toFixed(1)}`);
	}
	return shape("polyline", { points: corners.join(" ") });
}

function middle(values) {
	const v = values.sort((a, b) => a - b), n = v.length;

	return (v[(n - 1) >> 1] + v[n >> 1]) / 2;
}

/* A trace that left the function out is hollow, and at the bottom. */
function point(r, x, y, size) {
	const mark = shape("circle", { cx: x, cy: y, r: size, class: r.at === -1 ? "left-out" : null });
	const a = shape("a", { href: hashOf({ trace: r.t.key }), tabindex: -1, "aria-label": pointText(r) },
		shape("circle", { cx: x, cy: y, r: 7, class: "touch" }), mark);
	const tell = () => { byId("point").textContent = pointText(r); };

	a.addEventListener("pointerenter", tell);
	a.addEventListener("focus", tell);
	return a;
}

function drawTrend() {
	const figure = byId("trend"), width = figure.clientWidth, rows = trendRows;

	if (rows.length === 0 || width === 0) {
		figure.replaceChildren();
		return;
	}
	const place = places(rows), top = niceTop(Math.max(...rows.map((r) => r[state.by]))), bottom = CHART.height - CHART.bottom;
	const x = place.at.map((at) => CHART.left + at * (width - CHART.left - CHART.right));
	const y = rows.map((r) => bottom - r[state.by] / top * (bottom - CHART.top));
	const size = rows.length > 400 ? 1.6 : rows.length > 100 ? 2.2 : 3.2;
	const points = rows.map((r, i) => point(r, x[i].toFixed(1), y[i].toFixed(1), size));
	points[points.length - 1].setAttribute("tabindex", 0);
	figure.replaceChildren(shape("svg", { width, height: CHART.height, viewBox: `0 0 ${width} ${CHART.height}`, role: "group",
		"aria-label": `The ${state.by} share of ${state.f} over ${counted(rows.length, "trace")}, ${place.span > 0 ? "by time" : "by name"}` },
		axes(rows, place, top, width),
		line(x, y), points),
		el("figcaption", { id: "point", class: "dim", role: "status" }, `${state.by} share ${place.span > 0 ? "by time (UTC)" : "by name"}; each point is a trace${place.span > 0 && new Set(x).size < x.length ? ", the line their median" : ""}`));
}

function onTrendKey(e) {
	const points = [...byId("trend").querySelectorAll("a")], i = points.indexOf(document.activeElement);
	const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: points.length - 1 }[e.key];

	if (i === -1 || points[to] === undefined)
		return;
	points[i].setAttribute("tabindex", -1);
	points[to].setAttribute("tabindex", 0);
	points[to].focus();
	e.preventDefault();
}

function startTrend() {
	byId("trend").addEventListener("keydown", onTrendKey);
	new ResizeObserver(() => {
		if (costs !== null && byId("trend").querySelector("svg")?.getAttribute("width") !== String(byId("trend").clientWidth))
			drawTrend();
	}).observe(byId("trend"));
}
