/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to be known of the trace and of the table: a badge opens the texts. */

function openRemarks() {
	togglePanel("remarks", "About this picture", function (body) {
		const notes = page.meta.remarks || [];

		if (notes.length > 0) {
			addHtml(body, "h3", {}, "Notes of the trace");
			const list = addHtml(body, "ul", { class: "panel-notes" });
			for (const text of notes)
				addHtml(list, "li", {}, text);
		}
		addHtml(body, "h3", {}, "The data in this file");
		const list = addHtml(body, "ul", { class: "panel-notes" });
		for (const text of tableTexts())
			addHtml(list, "li", {}, text);
	});
}

/* How many frames and samples the table has, and how many of them only as a sum. */
function tableTexts() {
	const meta = page.meta, tree = page.profile.tree;
	let sums = 0, merged = 0, within = 0;

	for (let i = 0; i < tree.n; i++)
		if (tree.name[i] === MORE) {
			sums++;
			merged += tree.more === null ? 0 : tree.more[i];
			within += tree.total[i];
		}
	const texts = sumTexts(tree, commas(String(meta.frames)) + " frames");
	if (merged === 0)
		texts.push("All frames are in the file: zoom shows those too narrow to be drawn.");
	else
		texts.push(commas(String(merged)) + " of the frames are only there as " + commas(String(sums)) +
		    " sums, \"(N more)\": together " + (comparison() !== null ? percentText(within, tree.total[0]) + " of the width." :
		    countText(within) + " " + meta.unit + " (" + percentText(within, tree.total[0]) + ")."));
	return texts;
}

/* What has been summed up: of a comparison, each side. */
function sumTexts(tree, frames) {
	const unit = " " + page.meta.unit, c = comparison();

	if (c === null)
		return [countText(tree.total[0]) + unit + " in " + frames];
	return ["base: " + c.names[BEFORE] + ", " + countText(tree.totalBefore[0]) + unit,
		"new: " + c.names[AFTER] + ", " + countText(tree.totalAfter[0]) + unit, frames + " of both sides together"];
}

/* The badge that the static picture has becomes a button. */
function startRemarks() {
	const badge = page.svg.querySelector(".remarks"), notes = page.meta.remarks || [];

	if (badge === null || notes.length === 0)
		return;
	badge.setAttribute("role", "button");
	badge.setAttribute("tabindex", "0");
	badge.setAttribute("aria-label", badge.querySelector("text").textContent + ": notes of the trace, " + notes.length);
	badge.classList.add("button");
	badge.addEventListener("click", openRemarks);
	badge.addEventListener("keydown", function (e) {
		if (e.key !== "Enter" && e.key !== " ")
			return;
		openRemarks();
		e.preventDefault();
		e.stopPropagation();
	});
}
