import {localization} from "@web/core/l10n/localization";
import {parseFloat} from "@web/views/fields/parsers";

/**
 * An amount as somebody types it. A separator of thousands counts only between groups
 * of three digits; any other one was meant as the decimal point, as on the numeric pad:
 * "1.50" on a Dutch screen is 1,50 and "1.500" is 1500. What is neither is refused.
 */
export function parseAmount(text) {
    const {decimalPoint, thousandsSep} = localization;
    const typed = text.trim();
    if (!thousandsSep || !thousandsSep.trim() || !typed.includes(thousandsSep)) {
        return parseFloat(typed);
    }
    const [whole, ...decimals] = typed.split(decimalPoint);
    const [first, ...groups] = whole.split(thousandsSep);
    if (/^[+-]?\d{1,3}$/.test(first) && groups.every((one) => /^\d{3}$/.test(one))) {
        return parseFloat(typed);
    }
    if (groups.length === 1 && !decimals.length) {
        return parseFloat(first + decimalPoint + groups[0]);
    }
    throw new Error(`"${text}" is not an amount`);
}
