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
