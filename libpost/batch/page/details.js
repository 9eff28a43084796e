/* SPDX-License-Identifier: BSD-2-Clause */
/* All of one trace, at the side. */
const TOP = 12;
let shownDetails = "", cameFrom = null;

function finding([id, severity, text]) {
	return el("li", { class: `finding ${severity}` }, el("b", {}, severity), " ", el("span", { class: "dim" }, id), el("div", {}, text));
}

function fact(name, value) {
	return value === "" || value === null ? [] : [el("dt", {}, name), el("dd", {}, value)];
}

function factsOf(t) {
	return el("dl", {}, fact("When (UTC)", whenText(t.when)),
		fact("Group", viewLink({ view: "traces", group: t.of.key }, named(t.of.name))),
		fact("Samples", grouped(t.samples)), fact("Stacks", grouped(t.stacks)), fact("Size", sizeText(t.bytes)),
		fact("Files", [fileLink(t.svg, "SVG"), " ", fileLink(t.folded, "folded")]));
}

/* The most expensive functions, when functions.js is there or is asked for. */
function topOf(t) {
	if (t.count === 0)
		return [];
	if (costs === null)
		return [asked ? el("p", { class: "dim" }, problem || "Reading functions.js \u2026") :
			el("p", {}, button("Show its functions", {}, () => { needCosts(); show(); }))];
	const top = functionsOf(t).sort((a, b) => b[state.by] - a[state.by]).slice(0, TOP);

	return [el("h3", {}, `Functions by ${state.by} share`), el("ol", { class: "top-functions" }, top.map((r) => el("li", {},
		viewLink({ view: "functions", f: r.name, fq: r.name }, named(r.name, "fn"), { title: r.name }),
		el("span", { class: "share" }, shareCell(r[state.by], top[0][state.by])))))];
}

function closeDetails() {
	setState({ trace: "" });
}

function paintDetails(t) {
	byId("details").replaceChildren(
		el("div", { class: "head" }, el("h2", { tabindex: -1 }, named(t.path)), button("\u00d7", { class: "quiet", "aria-label": "Close" }, closeDetails)),
		fileLink(t.svg, picture(t.thumb, "large"), { "aria-label": "Its flame graph" }) ?? "",
		el("p", {}, badge(t.verdict)), t.error === undefined ? "" : el("p", { class: "note" }, t.error), factsOf(t),
		el("p", {}, button(isPicked(t) ? "Do not compare" : "Pick to compare", {}, () => pick(t))),
		t.findings.length === 0 ? "" : el("h3", {}, `What bt-check found (${t.findings.length})`),
		el("ul", { class: "findings" }, t.findings.map(finding)), ...topOf(t));
}

/* The focus goes in when it opens and back when it closes. */
function moveFocus(open, was) {
	if (open && !was) {
		cameFrom = document.activeElement;
		byId("details").querySelector("h2").focus({ preventScroll: true });
	} else if (!open && was) {
		const t = tables.find((x) => x.scroll.clientHeight > 0);

		(cameFrom?.isConnected === true && cameFrom !== document.body ? cameFrom : t?.made.get(t.active))?.focus({ preventScroll: true });
	}
}

function showDetails() {
	const t = traceByKey.get(state.trace), was = !byId("details").hidden;
	const now = t === undefined ? "" : JSON.stringify([state, costs !== null, asked, problem]);

	byId("details").hidden = t === undefined;
	document.body.classList.toggle("has-details", t !== undefined);
	if (now !== shownDetails && t !== undefined) {
		const inside = byId("details").contains(document.activeElement);

		paintDetails(t);
		if (inside)
			byId("details").querySelector("h2").focus({ preventScroll: true });
	}
	shownDetails = now;
	moveFocus(t !== undefined, was);
}
