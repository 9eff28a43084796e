/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys, and the theme. */
const KEYS = [
	["/", "to the filter, or to the search for a function"], ["1 2 3 4", "traces, groups, functions, compare"],
	["\u2191 \u2193, j k", "a row up or down; Page and Home, End"], ["Enter", "open the row"],
	["Space, x", "pick the row, to compare it"], ["c", "compare what is picked"], ["s", "self or total share"],
	["\u2190 \u2192", "along the points of the chart"], ["t", "light, dark, or as the system has it"], ["Esc", "close"], ["?", "this list"]
];
const THEMES = ["", "light", "dark"];
let theme = "";

function keptTheme() {
	try {
		return localStorage.getItem("bt-theme") ?? "";
	} catch {
		return "";
	}
}

function setTheme(to) {
	theme = THEMES.includes(to) ? to : "";
	document.documentElement.setAttribute("data-theme", theme);
	byId("theme").textContent = `Theme: ${theme || "system"}`;
	try {
		localStorage.setItem("bt-theme", theme);
	} catch {
		/* A page on a disk may be refused to keep anything. */
	}
}

function nextTheme() {
	setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
}

function openHelp() {
	byId("help").replaceChildren(el("h2", {}, "Keys"), el("dl", {}, KEYS.map(([k, does]) => [el("dt", {}, k), el("dd", {}, does)])),
		button("Close", {}, () => byId("help").close()));
	byId("help").showModal();
}

function otherShare() {
	setState({ by: state.by === "self" ? "total" : "self", fsort: "" });
}

function toView(view) {
	setState({ view });
	const table = tables.find((t) => t.scroll.clientHeight > 0);

	if (table !== undefined && table.rows.length > 0)
		focusRow(table, table.active);
}

const ON_KEY = {
	"/": () => { if (state.view !== "functions" && state.view !== "traces") setState({ view: "traces" }); byId(state.view === "functions" ? "fq" : "q").select(); },
	"1": () => toView("traces"), "2": () => toView("groups"), "3": () => toView("functions"), "4": () => toView("compare"),
	"c": () => toView("compare"), "s": otherShare, "t": nextTheme, "?": openHelp
};

/* Out of a field first, then out of the side. */
function onEscape(e) {
	if (byId("help").open)
		return;
	if (e.target.matches("input[type=search]"))
		e.target.blur();
	else if (state.trace !== "")
		closeDetails();
}

function onKey(e) {
	if (e.ctrlKey || e.metaKey || e.altKey)
		return;
	if (e.key === "Escape") {
		onEscape(e);
		return;
	}
	const typing = e.target.matches("input[type=search], select, dialog, dialog *"), table = tables.find((t) => t.scroll.clientHeight > 0);

	if (!typing && Object.hasOwn(ON_KEY, e.key)) {
		ON_KEY[e.key]();
		e.preventDefault();
	} else if (!typing && e.target === document.body && table !== undefined && rowOfKey(table, e.key) !== undefined) {
		focusRow(table, table.active);
		e.preventDefault();
	}
}

function startKeys() {
	setTheme(keptTheme());
	byId("theme").addEventListener("click", nextTheme);
	byId("keys").addEventListener("click", openHelp);
	document.addEventListener("keydown", onKey);
}
