/* SPDX-License-Identifier: BSD-2-Clause */
/* All keys. */

function openHelp() {
	togglePanel("help", "Keys", function (body) {
		const table = addHtml(body, "table", { class: "panel-table panel-keys" }), rows = addHtml(table, "tbody", {});

		for (const b of bindings) {
			const tr = addHtml(rows, "tr", {});
			const head = addHtml(tr, "th", { scope: "row" });
			for (const key of b.keys.split(", "))
				addHtml(head, "kbd", {}, key);
			addHtml(tr, "td", {}, b.text);
		}
		addHtml(body, "p", { class: "panel-quiet" }, "A right click or a long touch on a frame opens its menu; with shift, the browser's own.");
	});
}
