/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user has hidden, and how it comes back. */

function openHidden() {
	togglePanel("hidden", "Hidden", function (body) {
		const box = addHtml(body, "div", { class: "panel-section" });
		const refresh = () => fillHidden(box);

		refresh();
		return refresh;
	});
}

/* Hide one thing more. */
function hideItem(item) {
	if (!state.hide.some((h) => JSON.stringify(h) === JSON.stringify(item)))
		change({ hide: state.hide.concat([item]) });
}

function unhide(at) {
	change({ hide: state.hide.filter((h, i) => i !== at) });
}

const HIDDEN_NAMES = 6;			/* of a path, in its text: the last ones */

function hiddenText(item) {
	if (item.kind === "name")
		return "all stacks through " + bareName(item.name);
	const path = item.path.map(bareName), what = item.kind === "path" ? (page.meta.chart ? "the frames " : "the frame ") : "stacks that end in ";
	if (item.kind === "leaf")
		path.reverse();
	return what + (path.length > HIDDEN_NAMES ? "\u2026 \u2192 " : "") + path.slice(-HIDDEN_NAMES).join(" \u2192 ");
}

/* The list with its buttons. */
function fillHidden(box) {
	box.textContent = "";
	addHtml(box, "span", { class: "panel-text" }, "Hidden");
	if (state.hide.length === 0) {
		addHtml(box, "span", { class: "panel-quiet" }, "nothing: h hides a frame, H its function");
		return;
	}
	addButton(box, "unhide-all", "Show all", () => change({ hide: [] }));
	const list = addHtml(box, "ul", { class: "panel-list" });
	state.hide.forEach(function (item, at) {
		const row = addHtml(list, "li", {});
		addHtml(row, "span", { class: "panel-name" }, hiddenText(item));
		addButton(row, "unhide-" + at, "Undo", () => unhide(at));
	});
}
