/* SPDX-License-Identifier: BSD-2-Clause */
/* What more than one table shows. */
function badge(verdict, more) {
	return el("span", { class: `badge ${VERDICT_CLASS[verdict] ?? "none"}` }, verdict, more ?? "");
}

function verdictCell(t) {
	const n = t.findings.length;

	return badge(t.verdict, n > 0 ? el("span", { class: "dim" }, ` \u00b7 ${counted(n, "finding")}`) : null);
}

/* The name stands out, its directory does not. */
function nameCell(t) {
	return [viewLink({ trace: t.key }, named(t.base, "base"), { class: "open", title: t.path, tabindex: -1 }),
		el("div", { class: "dim dir" }, el("span", { class: "narrow-only" }, `${whenText(t.when)}${t.when !== undefined && t.dir !== "" ? " \u00b7 " : ""}`), named(t.dir))];
}

function fileCell(links) {
	return links.filter((l) => l !== null).flatMap((l) => [l, " "]);
}

function traceFiles(t, tabindex) {
	return fileCell([fileLink(t.svg, "SVG", { tabindex }), fileLink(t.folded, "folded", { tabindex })]);
}

/* A share as a number over a bar; WHOLE is the share of a full bar. */
function shareCell(share, whole, text) {
	const bar = el("span", { class: "bar" });

	bar.style.width = `${whole > 0 ? Math.min(100, share / whole * 100) : 0}%`;
	return [bar, el("span", {}, text ?? shareText(share))];
}

function groupLink(g) {
	return viewLink({ view: "traces", group: g.key, trace: "" }, named(g.name), { tabindex: -1 });
}
