/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens when the picture is loaded. */

function start(profile) {
	takeProfile(profile);
	addBars();
	startState();
	startPaint();
	startZoom();
	startStatus();
	startKeys();
	showState();
	startPanels();
	watchPage();
}

/* The width of a fluid picture, and the theme of the system. */
function watchPage() {
	let asked = false;

	const onResize = function () {
		if (asked)
			return;
		asked = true;
		requestAnimationFrame(function () {
			asked = false;
			onView();
			if (measurePage())
				showState();
		});
	};
	window.addEventListener("resize", onResize);
	new ResizeObserver(onResize).observe(page.svg);
	window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
		readColors();
		showState();
	});
}

async function load() {
	const table = page.svg.querySelector("metadata.table");

	findPage();
	try {
		if (table === null || page.frames === null)
			throw new Error("There is no table of frames.");
		start(await readTable(table.textContent));
		page.svg.setAttribute("data-viewer", "ready");
	} catch (e) {
		page.svg.classList.remove("bt-loading");
		if (page.profile === null)
			showProblem(e.message);
		page.svg.setAttribute("data-viewer", "failed");
		if (page.profile !== null)
			throw e;
	}
}

/*
 * Static frames are not laid out while they come in and while the table is
 * read: they go, unless it cannot be.
 */
page.svg.classList.add("bt-loading");
if (page.svg.querySelector("metadata.table") !== null || document.readyState !== "loading")
	load();
else
	document.addEventListener("DOMContentLoaded", load);
