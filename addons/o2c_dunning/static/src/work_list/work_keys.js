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

/**
 * Ctrl+Enter saves from any field. A day that was typed is taken over first: that
 * happens when its field is left.
 */
export async function saveByKey(ev, save) {
    if (ev.key !== "Enter" || !ev.ctrlKey) {
        return false;
    }
    ev.preventDefault();
    ev.stopPropagation();
    document.activeElement?.blur();
    await new Promise((resolve) => setTimeout(resolve));
    await save();
    return true;
}

/** A day as the server wants it; null when none was chosen. */
export function isoDay(value) {
    return value ? value.toISODate() : null;
}
