/* WCAG 2.2 AA of the page that is open: contrast (1.4.3), names of controls and
   pictures (1.1.1, 4.1.2), reflow (1.4.10), language (3.1.1), one heading of the first level, no number
   for the order of the tab key. Tells what is wrong on the console. */
(() => {
    const found = [];
    const where = (element) =>
        `<${element.tagName.toLowerCase()} class="${element.className}"> ` +
        (element.textContent || "").trim().slice(0, 40);

    function parts(colour) {
        const numbers = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
        return [...numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1];
    }
    /** One colour laid over another. */
    function over(top, below) {
        return [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3]));
    }
    function background(element) {
        const layers = [];
        for (let one = element; one; one = one.parentElement) {
            const style = getComputedStyle(one);
            if (style.backgroundImage !== "none") {
                return null;
            }
            layers.push(parts(style.backgroundColor));
        }
        return layers
            .reverse()
            .reduce((below, top) => over(top, below), [255, 255, 255]);
    }
    function luminance(colour) {
        const [red, green, blue] = colour.map((value) => {
            const share = value / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
    function contrast(one, other) {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    }
    const shown = (element) => {
        const style = getComputedStyle(element);
        const size = element.getBoundingClientRect();
        return (
            style.visibility === "visible" &&
            style.opacity !== "0" &&
            size.width > 1 &&
            size.height > 1
        );
    };
    let measured = 0;
    for (const element of document.querySelectorAll("#wrap *")) {
        const own = [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()
        );
        if (!own || !shown(element) || element.closest("[disabled]")) {
            continue;
        }
        const below = background(element);
        if (!below) {
            continue;
        }
        const style = getComputedStyle(element);
        const ratio = contrast(over(parts(style.color), below), below);
        const size = parseFloat(style.fontSize);
        const large =
            size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
        measured += 1;
        if (ratio < (large ? 3 : 4.5)) {
            found.push(`contrast ${ratio.toFixed(2)}: ${where(element)}`);
        }
    }
    const name = (element) =>
        element.getAttribute("aria-label") ||
        element.getAttribute("title") ||
        [...(element.labels || [])].map((label) => label.textContent).join("") ||
        (element.getAttribute("aria-labelledby") || "")
            .split(" ")
            .map((id) => (document.getElementById(id) || {}).textContent || "")
            .join("") ||
        [...element.querySelectorAll("img")].map((image) => image.alt).join("") ||
        (element.matches("a, button, summary") ? element.textContent : "");
    const controls = "#wrap :is(a[href], button, summary, select, textarea, input)";
    for (const element of document.querySelectorAll(controls)) {
        if (element.type !== "hidden" && shown(element) && !name(element).trim()) {
            found.push(`no name: ${where(element)} ${element.name || ""}`);
        }
    }
    for (const image of document.querySelectorAll("#wrap img")) {
        if (!image.hasAttribute("alt")) {
            found.push(`no alternative text: ${image.src.slice(0, 60)}`);
        }
    }
    for (const element of document.querySelectorAll("[tabindex]")) {
        if (element.tabIndex > 0) {
            found.push(`order of the tab key: ${where(element)}`);
        }
    }
    const wide = [...document.querySelectorAll("#wrap *")].filter(
        (element) =>
            shown(element) && element.getBoundingClientRect().right > innerWidth + 1
    );
    if (wide.length) {
        found.push(`wider than the screen: ${wide.map(where).slice(0, 3).join(", ")}`);
    }
    if (!document.documentElement.lang) {
        found.push("no language");
    }
    if (document.querySelectorAll("#wrap h1").length !== 1) {
        found.push(`${document.querySelectorAll("#wrap h1").length} headings h1`);
    }
    if (measured < 3) {
        found.push(`only ${measured} texts measured`);
    }
    if (found.length) {
        console.error(`WCAG ${found.join(" | ")}`);
    } else {
        console.log("test successful");
    }
})();
