/* SPDX-License-Identifier: BSD-2-Clause */
/* The menu: every switch of the picture. */

/*
 * The switches: NAME is a member of state, KEY steps through VALUES, TEXT
 * says what it is.  DIFF: only for a differential; PLAIN: for no comparison.
 */
const menuSwitches = [
	{ name: "inverted", key: "i", text: "Layout", values: [[false, "flame"], [true, "icicle"]] },
	{ name: "reversed", key: "r", text: "Stacks", values: [[false, "normal"], [true, "callers (from the leaf)"]] },
	{ name: "order", key: "s", text: "Order", values: [["time", "by time"], ["name", "by name"], ["size", "by size"]] },
	{ name: "cut", key: "l", text: "Long labels lose", values: [["right", "their end"], ["left", "their beginning"]] },
	{ name: "collapse", key: "k", text: "Recursion", values: [[false, "as it is"], [true, "collapsed"]] },
	{ name: "color", key: "c", text: "Colours", values: [["palette", "palette"], ["name", "by name"], ["module", "by module"],
	    ["kind", "by kind"], ["self", "by self weight"], ["delta", "by change"]] },
	{ name: "show", key: "e", text: "Show", diff: true, values: [["after", "after"], ["before", "before"], ["elided", "elided (gone after)"]] },
	{ name: "delta", key: "d", text: "Change of", diff: true, plain: true, values: [["self", "the frame itself"], ["inclusive", "its whole subtree"]] },
	{ name: "blind", key: "b", text: "Change colours", diff: true, plain: true, values: [[false, "red and blue"], [true, "colour-blind safe"]] }
];

/* Those that this picture has. */
function switchesHere() {
	return menuSwitches.filter((s) => (!s.diff || page.meta.diff) && !(s.plain && comparison() !== null));
}

function valuesOf(s) {
	if (s.name === "show" && comparison() !== null)
		return showValues();
	return s.values.filter((v) => (v[0] !== "delta" || page.meta.diff) && (v[0] !== "time" || page.meta.chart));
}

function stepSwitch(s) {
	const values = valuesOf(s), at = values.findIndex((v) => v[0] === state[s.name]);
	const next = values[(at + 1) % values.length];

	change({ [s.name]: next[0] });
	say(s.text + ": " + next[1]);
}

function menuBindings() {
	return switchesHere().map((s) => ({ keys: s.key, text: s.text.toLowerCase() + ": " +
	    valuesOf(s).map((v) => v[1]).join(" / "), run: () => stepSwitch(s) }));
}

function openMenu() {
	togglePanel("menu", "Menu", buildMenu);
}

function buildMenu(body) {
	const buttons = switchesHere().map((s) => addSwitch(body, s));
	const legend = addHtml(body, "div", { class: "panel-legend" });
	const focus = addHtml(body, "div", { class: "panel-section" });
	const hidden = addHtml(body, "div", { class: "panel-section" });

	addMenuLinks(body);
	const refresh = function () {
		for (const list of buttons)
			for (const b of list)
				b.node.setAttribute("aria-pressed", String(state[b.name] === b.value));
		fillLegend(legend);
		fillFocus(focus);
		fillHidden(hidden);
	};
	refresh();
	return refresh;
}

/* A row of the menu; returns its buttons. */
function addSwitch(body, s) {
	const id = page.prefix + "switch-" + s.name;
	const row = addHtml(body, "div", { class: "panel-switch", role: "group", "aria-labelledby": id });
	const text = addHtml(row, "span", { id, class: "panel-text" }, s.text + " ");

	addHtml(text, "kbd", {}, s.key);
	const choices = addHtml(row, "span", { class: "panel-choices" });
	return valuesOf(s).map((v) => ({ name: s.name, value: v[0],
	    node: addButton(choices, s.name + ":" + v[0], v[1], () => change({ [s.name]: v[0] })) }));
}

function fillFocus(box) {
	box.textContent = "";
	addHtml(box, "span", { class: "panel-text" }, "Focus");
	if (state.focus === "") {
		addHtml(box, "span", { class: "panel-quiet" }, "none: f or the menu of a frame sets it");
		return;
	}
	addHtml(box, "span", { class: "panel-name" }, bareName(state.focus));
	addButton(box, "focus", "End", () => change({ focus: "" }), { "aria-label": "End the focus" });
}

function addMenuLinks(body) {
	const box = addHtml(body, "div", { class: "panel-links" });
	const links = [["top", "Functions", openTop], ["matches", "Matches", openMatches], ["hidden", "Hidden", openHidden],
		["remarks", "About", openRemarks], ["help", "Keys", openHelp]];

	for (const link of links)
		addButton(box, link[0], link[1], link[2]);
}
