/** Typing in a field, or in a dialog, is no command. */
export function isTyping(ev) {
    const el = ev.target;
    return (
        ev.altKey ||
        ev.metaKey ||
        ev.ctrlKey ||
        el.isContentEditable ||
        ["INPUT", "TEXTAREA", "SELECT"].includes(el.tagName) ||
        Boolean(document.querySelector(".o_dialog, .modal.show"))
    );
}

/** Enter on a button or a link presses it. */
export function isPressing(ev) {
    return ev.key === "Enter" && ["BUTTON", "A"].includes(ev.target.tagName);
}
